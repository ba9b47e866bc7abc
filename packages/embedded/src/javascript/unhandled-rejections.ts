import type { JSValueHandle } from 'quickjs-wasi';

/** Rejected promises that are not handled yet. */
export class UnhandledRejections {
  readonly #reasons = new Map<number, JSValueHandle>();

  /** Records the engine's report of a rejection without a handler, or of a handler that was added later. */
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
