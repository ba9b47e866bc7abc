/**
 * Creates a signal that aborts when another signal aborts, or when this object is disposed of. The disposal therefore ends any work that
 * still uses the signal.
 */
export class AbortOnDispose implements Disposable {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();

  constructor(abortSignal: AbortSignal) {
    this.signal = AbortSignal.any([abortSignal, this.#controller.signal]);
  }

  [Symbol.dispose](): void {
    this.#controller.abort();
  }
}
