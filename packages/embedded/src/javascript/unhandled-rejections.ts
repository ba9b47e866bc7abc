import type { JSValueHandle } from 'quickjs-wasi';

/** Rejected promises that are not handled yet. */
export class UnhandledRejections {
  readonly #reasons = new Map<number, JSValueHandle>();

  /** The engine calls this function for a rejection without a handler, and again if a handler is added later. */
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
