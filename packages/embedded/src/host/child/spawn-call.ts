import type { MemoryFileSystem } from '../../files/memory-file-system.ts';
import type { ProgramName } from '../programs.ts';
import type { SpawnRequest } from '../protocol/messages.ts';
import type { ChildCall, ChildReply } from './child-call.ts';
import { die } from './die.ts';
import { GuestProcess } from './guest-process.ts';
import type { ProcessEnding } from './process-ending.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A program that runs for longer than this may have to be ended together with its thread, so the next worker is prepared meanwhile. */
const REFILL_AFTER_MS = 500;

export interface SpawnCallOptions {
  readonly request: SpawnRequest;
  readonly program: ProgramName;
  /** The arguments of the interpreter. */
  readonly argv: readonly [string, ...string[]];
  /** An absolute path that exists. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly memoryBytes: number;
  readonly outputBytes: number;
  readonly pool: WorkerPool;
  readonly files: MemoryFileSystem;
  readonly reply: ChildReply;
  readonly onEnded: (call: SpawnCall) => void;
}

/** A run, from the request to the end. */
export class SpawnCall implements ChildCall {
  /** Resolves once the run has ended and the result was sent to the parent. Never rejects. */
  readonly ended: Promise<void>;
  readonly #options: SpawnCallOptions;
  #process: GuestProcess | undefined;
  #isCancelled = false;

  constructor(options: SpawnCallOptions) {
    this.#options = options;
    this.ended = this.#run();
  }

  grant(bytes: number): void {
    this.#process?.grant(bytes);
  }

  data(payload: Uint8Array): void {
    this.#process?.giveInput(payload);
  }

  end(): void {
    this.#process?.endInput();
  }

  cancel(): void {
    this.stop({ kind: 'killed' });
  }

  stop(ending: ProcessEnding): void {
    this.#isCancelled = true;
    this.#process?.stop(ending);
  }

  async #run(): Promise<void> {
    const { reply, onEnded } = this.#options;
    try {
      reply.result(await this.#runToEnd());
    } catch (error) {
      reply.failure(error);
    } finally {
      onEnded(this);
    }
  }

  async #runToEnd(): Promise<ProcessEnding> {
    const { request, program, argv, cwd, env, memoryBytes, outputBytes, pool, files, reply } = this.#options;
    const slot = await pool.take(program);
    if (this.#isCancelled) {
      await slot.terminate();
      return { kind: 'killed' };
    }
    let refilling: NodeJS.Timeout | undefined;
    this.#process = new GuestProcess({
      slot,
      files,
      start: { program, argv, env, cwd, memoryBytes },
      timeoutMs: request.timeoutMs,
      outputBytes,
      memoryBytes,
      onRunning: () => {
        refilling = setTimeout(() => pool.refill(), REFILL_AFTER_MS);
      },
      onStuck: () => die('A run did not stop, so the sandbox was ended.'),
      onOutput: ({ stream, bytes }) => reply.data(bytes, stream),
      onInputTaken: (bytes) => reply.credit(bytes),
    });
    if (!request.stdin) this.#process.endInput();
    reply.started();
    const ending = await this.#process.ended;
    clearTimeout(refilling);
    if (this.#process.isThreadFree) pool.give(slot);
    else pool.refill();
    return ending;
  }
}
