/** A signal that aborts with another signal, or when it is disposed of, so that work that is still running ends. */
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
