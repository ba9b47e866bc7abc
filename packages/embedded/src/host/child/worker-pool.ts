import { loadProgramModules, type ProgramModules } from '../programs.ts';
import { WorkerSlot } from './worker-slot.ts';

/** Keeps one worker waiting, with all programs loaded, so that a run need not wait for a thread to start. */
export class WorkerPool {
  private readonly _memoryBytes: number;
  private _spare: WorkerSlot | undefined;
  private _modules: Promise<ProgramModules> | undefined;

  constructor(options: { readonly memoryBytes: number }) {
    this._memoryBytes = options.memoryBytes;
  }

  /** What the programs of all workers share. A failure is not kept: the next run tries again. */
  modules(): Promise<ProgramModules> {
    this._modules ??= loadProgramModules().catch((error: unknown) => {
      this._modules = undefined;
      throw error;
    });
    return this._modules;
  }

  take(): WorkerSlot {
    const slot = this._spare ?? new WorkerSlot({ memoryBytes: this._memoryBytes });
    this._spare = undefined;
    return slot;
  }

  /** To be called once a run needs no more help to start. */
  refill(): void {
    if (this._spare) return;
    const slot = new WorkerSlot({ memoryBytes: this._memoryBytes });
    this._spare = slot;
    this.modules().then(
      (modules) => slot.prepare(modules),
      () => {},
    );
    void slot.ended.then(() => {
      if (this._spare === slot) this._spare = undefined;
    });
  }
}
