import { loadProgramModules, type ProgramModules, type ProgramName } from '../programs.ts';
import { WorkerSlot } from './worker-slot.ts';

/** Keeps one worker waiting, with programs loaded, so that a run need not wait for a thread to start. */
export class WorkerPool {
  readonly #memoryBytes: number;
  #spare: WorkerSlot | undefined;
  /** What a spare worker loads, the latest used first. The shell takes longest, so it has to be used once. */
  #likely: ReadonlySet<ProgramName> = new Set<ProgramName>(['python', 'javascript']);
  #modules: Promise<ProgramModules> | undefined;

  constructor(options: { readonly memoryBytes: number }) {
    this.#memoryBytes = options.memoryBytes;
  }

  /** What the programs of all workers share. A failure is not kept: the next run tries again. */
  #loadModules(): Promise<ProgramModules> {
    this.#modules ??= loadProgramModules().catch((error: unknown) => {
      this.#modules = undefined;
      throw error;
    });
    return this.#modules;
  }

  /** A worker for this program. */
  async take(program: ProgramName): Promise<WorkerSlot> {
    const modules = await this.#loadModules();
    this.#likely = new Set([program, ...this.#likely]);
    const slot = this.#spare ?? new WorkerSlot({ memoryBytes: this.#memoryBytes });
    this.#spare = undefined;
    slot.prepare(modules, [program]);
    return slot;
  }

  /** To be called once a run needs no more help to start. */
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
