import type { CodeExecutor } from '@sandpod/core';
import { StoppableExecutor } from '../agent/stoppable-executor.ts';

/** How long a stopped run may take to show its result before the answer is cut off. */
const STOP_LIMIT_MS = 10_000;

/** How long the end of an answer may wait for somebody to read it. */
const UNREAD_LIMIT_MS = 5_000;

/** One answer of the agent, from the request to the last word. */
export class Turn {
  readonly executor: StoppableExecutor;
  readonly #stop = new AbortController();
  readonly #abort = new AbortController();
  readonly #ended = Promise.withResolvers<void>();

  constructor(executor: CodeExecutor) {
    this.executor = new StoppableExecutor(executor, this.#stop.signal);
  }

  /** Fires when the person stopped it: the run ends, its result is shown, and nothing follows. */
  get stopSignal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Fires when nobody listens any more, or nothing is left to show: everything ends at once. */
  get abortSignal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Resolves when the answer is over and no code of it runs. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Ends the answer as the person wishes; resolves when it is over. */
  async stop(): Promise<void> {
    this.#stop.abort(new DOMException('Stopped by the person.', 'AbortError'));
    if (!this.executor.isRunning) return this.abort();
    const limit = setTimeout(() => void this.abort(), STOP_LIMIT_MS);
    await this.ended;
    clearTimeout(limit);
  }

  /** Ends the answer without another word; resolves when it is over. */
  async abort(): Promise<void> {
    const reason = new DOMException('Stopped.', 'AbortError');
    this.#stop.abort(reason);
    this.#abort.abort(reason);
    // A page that has fallen asleep never reads on; what runs has ended all the same.
    const limit = setTimeout(() => void this.executor.idle.then(() => this.end()), UNREAD_LIMIT_MS);
    await this.ended;
    clearTimeout(limit);
  }

  /** Told by whoever writes the answer. */
  end(): void {
    this.#ended.resolve();
  }
}
