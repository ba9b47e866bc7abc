import { loadProgramModule, type ModuleName, type ProgramModules } from '../programs.ts';
import { withoutHostPaths } from '../without-host-paths.ts';
import type { ModuleMessage } from '../worker/worker-messages.ts';

/** The files of an interpreter are garbage as soon as it is compiled. By this time in milliseconds, the first program has usually started. */
const COLLECT_AFTER_MS = 1_000;

type Loading = { [Name in ModuleName]?: Promise<ProgramModules[Name]> };

/** The interpreters that this process has compiled. Each interpreter is compiled when it is first needed. */
export class CompiledModules {
  readonly #loading: Loading = {};

  /** Compiles an interpreter, unless that was done before. A failure is not kept. @throws {Error} if a package is missing. */
  load<Name extends ModuleName>(name: Name): Promise<ProgramModules[Name]> {
    const known: Promise<ProgramModules[Name]> | undefined = this.#loading[name];
    if (known !== undefined) return known;
    const loading = loadProgramModule(name).catch((error: unknown) => {
      delete this.#loading[name];
      throw error;
    });
    loading.then(() => setTimeout(() => globalThis.gc?.(), COLLECT_AFTER_MS).unref()).catch(() => {});
    Object.assign(this.#loading, { [name]: loading });
    return loading;
  }

  /** Returns the answer to a worker that needs an interpreter. */
  async answer(name: ModuleName): Promise<ModuleMessage> {
    try {
      if (name === 'python') return { type: 'module', name, module: await this.load(name) };
      return { type: 'module', name, module: await this.load(name) };
    } catch (error) {
      return { type: 'missing', name, message: withoutHostPaths(error instanceof Error ? error.message : String(error)) };
    }
  }
}
