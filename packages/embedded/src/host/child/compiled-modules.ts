import { loadProgramModule, type ModuleName, type ProgramModules } from '../programs.ts';
import { withoutHostPaths } from '../without-host-paths.ts';
import type { ModuleMessage } from '../worker/worker-messages.ts';
import type { WorkerSlot } from './worker-slot.ts';

type Loading = { [Name in ModuleName]?: Promise<ProgramModules[Name]> };

/** The interpreters that this process has compiled, each when it was first needed. */
export class CompiledModules {
  readonly #loading: Loading = {};

  /** Compiles an interpreter, unless that was done before, and sends it to a worker. @throws {Error} if a package is missing. */
  async send(name: ModuleName, slot: WorkerSlot): Promise<void> {
    if (name === 'python') slot.send({ type: 'module', name, module: await this.#load(name) });
    else slot.send({ type: 'module', name, module: await this.#load(name) });
  }

  /** Sends all interpreters, one after another: compiling two at once would delay both. */
  async sendAll(slot: WorkerSlot): Promise<void> {
    for (const name of ['python', 'javascript'] as const) {
      await this.send(name, slot).catch((error: unknown) => slot.send(missing(name, error)));
    }
  }

  /** A failure is not kept, so that the next call tries again. */
  #load<Name extends ModuleName>(name: Name): Promise<ProgramModules[Name]> {
    const known: Promise<ProgramModules[Name]> | undefined = this.#loading[name];
    if (known !== undefined) return known;
    const loading = loadProgramModule(name).catch((error: unknown) => {
      delete this.#loading[name];
      throw error;
    });
    Object.assign(this.#loading, { [name]: loading });
    return loading;
  }
}

function missing(name: ModuleName, error: unknown): ModuleMessage {
  return { type: 'missing', name, message: withoutHostPaths(error instanceof Error ? error.message : String(error)) };
}
