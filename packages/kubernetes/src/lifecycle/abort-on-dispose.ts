/** A signal that aborts with another one, and when it is disposed of, so that what still runs then ends. */
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
