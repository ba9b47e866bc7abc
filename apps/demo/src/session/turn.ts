import type { CodeExecutor } from '@sandpod/core';
import { StoppableExecutor } from '../agent/stoppable-executor.ts';

/** Milliseconds after which the answer is aborted if a stopped run has not shown its result. */
const STOP_LIMIT_MS = 10_000;

/** Milliseconds to wait at the end of an answer until its reader has read it. */
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

  /** Fires if the user stops the answer: the run ends, its result is shown, and nothing follows. */
  get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Fires if the answer no longer has a reader: everything ends at once. */
  get abortSignal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Resolves when the answer has ended and none of its code runs. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Stops the answer for the user. Resolves when it has ended. */
  async stop(): Promise<void> {
    this.#stop.abort(new DOMException('Stopped by the user.', 'AbortError'));
    if (!this.executor.isRunning) return this.abort();
    const limit = setTimeout(() => void this.abort(), STOP_LIMIT_MS);
    await this.ended;
    clearTimeout(limit);
  }

  /** Ends the answer at once. Resolves when it has ended. */
  async abort(): Promise<void> {
    const reason = new DOMException('Stopped.', 'AbortError');
    this.#stop.abort(reason);
    this.#abort.abort(reason);
    // A page that is suspended never reads the rest. The code has ended in any case.
    const limit = setTimeout(() => void this.executor.idle.then(() => this.end()), UNREAD_LIMIT_MS);
    await this.ended;
    clearTimeout(limit);
  }

  /** Must be called by the writer of the answer when it has ended. */
  end(): void {
    this.#ended.resolve();
  }
}
