import { loadProgramModules, type ProgramModules, type ProgramName } from '../programs.ts';
import { WorkerSlot } from './worker-slot.ts';

/** Keeps one worker waiting, with programs loaded, so that a run need not wait for a thread to start. */
export class WorkerPool {
  private readonly _memoryBytes: number;
  private _spare: WorkerSlot | undefined;
  /** What a spare worker loads, the latest used first. The shell takes longest, so it has to be used once. */
  private _likely: ReadonlySet<ProgramName> = new Set<ProgramName>(['python', 'javascript']);
  private _modules: Promise<ProgramModules> | undefined;

  constructor(options: { readonly memoryBytes: number }) {
    this._memoryBytes = options.memoryBytes;
  }

  /** What the programs of all workers share. A failure is not kept: the next run tries again. */
  private _loadModules(): Promise<ProgramModules> {
    this._modules ??= loadProgramModules().catch((error: unknown) => {
      this._modules = undefined;
      throw error;
    });
    return this._modules;
  }

  /** A worker for this program. */
  async take(program: ProgramName): Promise<WorkerSlot> {
    const modules = await this._loadModules();
    this._likely = new Set([program, ...this._likely]);
    const slot = this._spare ?? new WorkerSlot({ memoryBytes: this._memoryBytes });
    this._spare = undefined;
    slot.prepare(modules, [program]);
    return slot;
  }

  /** To be called once a run needs no more help to start. */
  refill(): void {
    if (this._spare) return;
    const slot = new WorkerSlot({ memoryBytes: this._memoryBytes });
    this._spare = slot;
    this._loadModules().then(
      (modules) => slot.prepare(modules, [...this._likely]),
      () => {},
    );
    void slot.ended.then(() => {
      if (this._spare === slot) this._spare = undefined;
    });
  }
}
