import type { ProgramName } from '../programs.ts';
import { CompiledModules } from './compiled-modules.ts';
import { WorkerSlot } from './worker-slot.ts';

/** Keeps one worker ready, with interpreters loaded, so that a run does not wait for a thread to start. */
export class WorkerPool {
  readonly #memoryBytes: number;
  readonly #modules = new CompiledModules();
  #spare: WorkerSlot | undefined;
  /**
   * The interpreters that a spare worker loads, most recently used first. The shell is loaded only after its first use, because
   * loading it takes longest.
   */
  #likely: ReadonlySet<ProgramName> = new Set<ProgramName>(['python', 'javascript']);

  constructor(options: { readonly memoryBytes: number }) {
    this.#memoryBytes = options.memoryBytes;
  }

  /** Returns a worker for this interpreter. @throws {Error} if the interpreter's package is missing. */
  async take(program: ProgramName): Promise<WorkerSlot> {
    this.#likely = new Set([program, ...this.#likely]);
    const slot = this.#spare ?? this.#makeSlot();
    this.#spare = undefined;
    try {
      if (program !== 'shell') await this.#modules.send(program, slot);
      return slot;
    } catch (error) {
      await slot.terminate();
      throw error;
    }
  }

  /** Prepares the next spare worker, unless there is one. */
  refill(): void {
    if (this.#spare) return;
    const slot = this.#makeSlot();
    this.#spare = slot;
    slot.send({ type: 'prepare', programs: [...this.#likely] });
    void slot.ended.then(() => {
      if (this.#spare === slot) this.#spare = undefined;
    });
  }

  #makeSlot(): WorkerSlot {
    const slot = new WorkerSlot({ memoryBytes: this.#memoryBytes });
    void this.#modules.sendAll(slot);
    return slot;
  }
}
