import { loadProgramModules, type ProgramModules, type ProgramName } from '../programs.ts';
import { WorkerSlot } from './worker-slot.ts';

/** Keeps one worker ready, with interpreters loaded, so that a run does not wait for a thread to start. */
export class WorkerPool {
  readonly #memoryBytes: number;
  #spare: WorkerSlot | undefined;
  /**
   * The interpreters that a spare worker loads, most recently used first. The shell is loaded only after its first use, because
   * loading it takes longest.
   */
  #likely: ReadonlySet<ProgramName> = new Set<ProgramName>(['python', 'javascript']);
  #modules: Promise<ProgramModules> | undefined;

  constructor(options: { readonly memoryBytes: number }) {
    this.#memoryBytes = options.memoryBytes;
  }

  /** Loads the parts that all workers share. A failure is not cached, so the next run tries again. */
  #loadModules(): Promise<ProgramModules> {
    this.#modules ??= loadProgramModules().catch((error: unknown) => {
      this.#modules = undefined;
      throw error;
    });
    return this.#modules;
  }

  /** Returns a worker for this interpreter. */
  async take(program: ProgramName): Promise<WorkerSlot> {
    const modules = await this.#loadModules();
    this.#likely = new Set([program, ...this.#likely]);
    const slot = this.#spare ?? new WorkerSlot({ memoryBytes: this.#memoryBytes });
    this.#spare = undefined;
    slot.prepare(modules, [program]);
    return slot;
  }

  /** Prepares the next spare worker. Call it once a run has started. */
  refill(): void {
    if (this.#spare) return;
    const slot = new WorkerSlot({ memoryBytes: this.#memoryBytes });
    this.#spare = slot;
    this.#loadModules().then(
      (modules) => slot.prepare(modules, [...this.#likely]),
      () => {},
    );
    void slot.ended.then(() => {
      if (this.#spare === slot) this.#spare = undefined;
    });
  }
}
