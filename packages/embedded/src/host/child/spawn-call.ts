import type { MemoryFileSystem } from '../../files/memory-file-system.ts';
import type { ProgramName } from '../programs.ts';
import type { SpawnRequest } from '../protocol/messages.ts';
import type { ChildCall, ChildReply } from './child-call.ts';
import { die } from './die.ts';
import { GuestProcess } from './guest-process.ts';
import type { ProcessEnding } from './process-ending.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface SpawnCallOptions {
  readonly request: SpawnRequest;
  readonly program: ProgramName;
  /** As the interpreter is called. */
  readonly argv: readonly [string, ...string[]];
  /** Absolute; exists. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly memoryBytes: number;
  readonly outputBytes: number;
  readonly pool: WorkerPool;
  readonly files: MemoryFileSystem;
  readonly reply: ChildReply;
  readonly onEnded: (call: SpawnCall) => void;
}

/** A run, from the request to its end. */
export class SpawnCall implements ChildCall {
  private readonly _options: SpawnCallOptions;
  private _process: GuestProcess | undefined;
  private _isCancelled = false;

  constructor(options: SpawnCallOptions) {
    this._options = options;
    void this._run();
  }

  grant(bytes: number): void {
    this._process?.grant(bytes);
  }

  data(payload: Uint8Array): void {
    this._process?.giveInput(payload);
  }

  end(): void {
    this._process?.endInput();
  }

  cancel(): void {
    this.stop({ kind: 'killed' });
  }

  stop(ending: ProcessEnding): void {
    this._isCancelled = true;
    this._process?.stop(ending);
  }

  private async _run(): Promise<void> {
    const { reply, onEnded } = this._options;
    try {
      reply.result(await this._runToEnd());
    } catch (error) {
      reply.failure(error);
    } finally {
      onEnded(this);
    }
  }

  private async _runToEnd(): Promise<ProcessEnding> {
    const { request, program, argv, cwd, env, memoryBytes, outputBytes, pool, files, reply } = this._options;
    const slot = await pool.take(program);
    if (this._isCancelled) {
      await slot.terminate();
      return { kind: 'killed' };
    }
    this._process = new GuestProcess({
      slot,
      files,
      start: { program, argv, env, cwd, memoryBytes },
      timeoutMs: request.timeoutMs,
      outputBytes,
      memoryBytes,
      onStuck: () => die('A run could not be ended alone.'),
      onOutput: ({ stream, bytes }) => reply.data(bytes, stream),
      onInputTaken: (bytes) => reply.credit(bytes),
    });
    if (!request.stdin) this._process.endInput();
    reply.started();
    pool.refill();
    return this._process.ended;
  }
}
