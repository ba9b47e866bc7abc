import type { ProgramName } from '../programs.ts';
import { CompiledModules } from './compiled-modules.ts';
import { WorkerSlot } from './worker-slot.ts';

/** Keeps one worker ready, with an interpreter loaded, so that a run does not wait for a thread to start. */
export class WorkerPool {
  readonly #memoryBytes: number;
  readonly #env: Readonly<Record<string, string>>;
  readonly #modules = new CompiledModules();
  #spare: WorkerSlot | undefined;
  /** The interpreter that a spare worker loads: the last one that was used. Others are loaded when a program needs them. */
  #likely: ProgramName = 'python';

  constructor(options: { readonly memoryBytes: number; readonly env: Readonly<Record<string, string>> }) {
    this.#memoryBytes = options.memoryBytes;
    this.#env = options.env;
  }

  /** Returns a worker for this interpreter. @throws {Error} if the interpreter's package is missing. */
  async take(program: ProgramName): Promise<WorkerSlot> {
    this.#likely = program;
    const slot = this.#spare ?? this.#makeSlot();
    this.#spare = undefined;
    try {
      if (program !== 'shell') await this.#modules.load(program);
      return slot;
    } catch (error) {
      await slot.terminate();
      throw error;
    }
  }

  /** Takes back a worker whose program has ended by itself. Ends the worker if there is a spare one. */
  give(slot: WorkerSlot): void {
    if (this.#spare !== undefined) void slot.terminate();
    else {
      slot.reset();
      this.#prepare(slot);
    }
  }

  /** Prepares the next spare worker, unless there is one. */
  refill(): void {
    if (this.#spare === undefined) this.#prepare(this.#makeSlot());
  }

  #prepare(slot: WorkerSlot): void {
    this.#spare = slot;
    // Compiling begins before the thread has started.
    if (this.#likely !== 'shell') this.#modules.load(this.#likely).catch(() => {});
    slot.send({ type: 'prepare', program: this.#likely, env: this.#env });
  }

  #makeSlot(): WorkerSlot {
    const slot = new WorkerSlot({ memoryBytes: this.#memoryBytes, answer: (name) => this.#modules.answer(name) });
    void slot.ended.then(() => {
      if (this.#spare === slot) this.#spare = undefined;
    });
    return slot;
  }
}
