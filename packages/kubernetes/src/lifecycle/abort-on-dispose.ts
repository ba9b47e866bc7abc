/** A signal that aborts when another signal aborts, or when it is disposed of. The disposal ends work that is still running. */
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
