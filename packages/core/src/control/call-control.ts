import type { EndCause } from './end-cause.ts';

/** Joins everything that may end one call (abort, time limit, stop) into one signal and latches the first cause. */
export class CallControl implements Disposable {
  readonly #controller = new AbortController();
  readonly #cleanups: (() => void)[] = [];
  #cause: EndCause | undefined;

  /** Aborts, with the {@link EndCause} as its reason, at the first cause. */
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

  /** Ends the call when `signal` aborts, at once if it has. */
  follow(signal: AbortSignal | undefined, toCause: (reason: unknown) => EndCause): void {
    if (signal === undefined) return;
    const onAbort = (): void => this.end(toCause(signal.reason));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    this.#cleanups.push(() => signal.removeEventListener('abort', onAbort));
  }

  /** Ends the call after `delayMs`. */
  endAfter(delayMs: number, cause: EndCause): void {
    const timer = setTimeout(() => this.end(cause), delayMs);
    this.#cleanups.push(() => clearTimeout(timer));
  }

  /** Forgets timers and listeners; the latched cause stays. */
  [Symbol.dispose](): void {
    for (const cleanup of this.#cleanups.splice(0)) cleanup();
  }
}

/** The cause for an abort that the caller asked for. */
export function cancelledByCaller(error: unknown): EndCause {
  return { kind: 'cancelled', reason: 'The caller cancelled the run.', error };
}
