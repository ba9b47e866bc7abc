import type { CodeExecutor } from '@sandpod/core';
import { StoppableExecutor } from '../agent/stoppable-executor.ts';

/** Milliseconds after which the answer is aborted if a stopped run has not shown its result. */
const STOP_LIMIT_MS = 10_000;

/** Maximum number of milliseconds to wait after an abort until the reader has read the rest of the answer. */
const UNREAD_LIMIT_MS = 5_000;

/** An answer from the agent, from the request to the end of the answer. */
export class Turn {
  readonly executor: StoppableExecutor;
  readonly #stop = new AbortController();
  readonly #abort = new AbortController();
  readonly #ended = Promise.withResolvers<void>();

  constructor(executor: CodeExecutor) {
    this.executor = new StoppableExecutor(executor, this.#stop.signal);
  }

  /** Returns the signal that fires if the user stops the answer. The run then ends, its result is shown, and nothing follows. */
  get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Returns the signal that fires if the answer no longer has a reader. Everything then ends at once. */
  get abortSignal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Returns a promise that resolves when the answer has ended and none of its code runs. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Stops the answer on behalf of the user. Resolves when the answer has ended. */
  async stop(): Promise<void> {
    this.#stop.abort(new DOMException('Stopped by the user.', 'AbortError'));
    if (!this.executor.isRunning) return this.abort();
    const limit = setTimeout(() => void this.abort(), STOP_LIMIT_MS);
    await this.ended;
    clearTimeout(limit);
  }

  /** Ends the answer at once. Resolves when the answer has ended. */
  async abort(): Promise<void> {
    const reason = new DOMException('Stopped.', 'AbortError');
    this.#stop.abort(reason);
    this.#abort.abort(reason);
    // A suspended page never reads the rest, so the time is limited. In any case, the turn ends only after its code has ended.
    const limit = setTimeout(() => void this.executor.idle.then(() => this.end()), UNREAD_LIMIT_MS);
    await this.ended;
    clearTimeout(limit);
  }

  /** Ends the turn. The writer of the answer must call this method when the answer has ended. */
  end(): void {
    this.#ended.resolve();
  }
}
