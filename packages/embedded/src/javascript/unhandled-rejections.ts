import type { JSValueHandle } from 'quickjs-wasi';

/** Rejected promises that nothing has handled yet. */
export class UnhandledRejections {
  readonly #reasons = new Map<number, JSValueHandle>();

  /** The engine's report: a rejection without a handler, or a handler that came late. */
  readonly note = (promise: JSValueHandle, reason: JSValueHandle, isHandled: boolean): void => {
    const key = promise.identity;
    this.#reasons.get(key)?.dispose();
    this.#reasons.delete(key);
    if (!isHandled) this.#reasons.set(key, reason.dup());
  };

  take(): JSValueHandle | undefined {
    const first = this.#reasons.entries().next();
    if (first.done) return undefined;
    this.#reasons.delete(first.value[0]);
    return first.value[1];
  }
}
