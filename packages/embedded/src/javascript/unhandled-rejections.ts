import type { JSValueHandle } from 'quickjs-wasi';

/** Rejected promises that nothing has handled yet. */
export class UnhandledRejections {
  private readonly _reasons = new Map<number, JSValueHandle>();

  /** The engine's report: a rejection without a handler, or a handler that came late. */
  readonly note = (promise: JSValueHandle, reason: JSValueHandle, isHandled: boolean): void => {
    const key = promise.identity;
    this._reasons.get(key)?.dispose();
    this._reasons.delete(key);
    if (!isHandled) this._reasons.set(key, reason.dup());
  };

  take(): JSValueHandle | undefined {
    const first = this._reasons.entries().next();
    if (first.done) return undefined;
    this._reasons.delete(first.value[0]);
    return first.value[1];
  }
}
