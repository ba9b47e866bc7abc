import { addAbortListener } from 'node:events';
import type { EndCause } from './end-cause.ts';

/** Combines the causes that can end a call (an abort, a time limit, a stop) into one signal, and keeps the first cause. */
export class CallControl implements Disposable {
  readonly #controller = new AbortController();
  readonly #cleanups = new Set<Disposable>();
  #cause: EndCause | undefined;

  /** Aborts when the first cause occurs. The abort reason is the {@link EndCause}. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get cause(): EndCause | undefined {
    return this.#cause;
  }

  end(cause: EndCause): void {
    if (this.#cause !== undefined) return;
    this.#cause = cause;
    this.#controller.abort(cause);
  }

  /** Ends the call when `signal` aborts, or immediately if it has already aborted. */
  follow(signal: AbortSignal | undefined, toCause: (reason: unknown) => EndCause): void {
    if (signal?.aborted) this.end(toCause(signal.reason));
    else if (signal !== undefined) this.#cleanups.add(addAbortListener(signal, () => this.end(toCause(signal.reason))));
  }

  /** Ends the call after `delayMs`, unless the returned timer is disposed of first. */
  endAfter(delayMs: number, cause: EndCause): Disposable {
    const timeout = setTimeout(() => this.end(cause), Math.max(0, delayMs));
    const timer: Disposable = {
      [Symbol.dispose]: () => {
        clearTimeout(timeout);
        this.#cleanups.delete(timer);
      },
    };
    this.#cleanups.add(timer);
    return timer;
  }

  /** Removes timers and listeners. Keeps the cause. */
  [Symbol.dispose](): void {
    for (const cleanup of this.#cleanups) cleanup[Symbol.dispose]();
    this.#cleanups.clear();
  }
}

/** Returns the cause for an abort that the caller requested. */
export function cancelledByCaller(error: unknown): EndCause {
  return { kind: 'cancelled', reason: 'The caller cancelled the run.', error };
}
