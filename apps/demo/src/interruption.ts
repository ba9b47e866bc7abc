/** Signals that end the demo: Ctrl-C, a polite kill, a closed terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A package manager passes on a Ctrl-C that the terminal has already delivered: two signals, one wish. */
const ECHO_MS = 500;
const EXIT_FORCED = 130;

/** Waits for the first signal; a second one ends the process at once. */
export class Interruption implements Disposable {
  readonly #first = Promise.withResolvers<void>();
  #firstMs: number | undefined;

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#handle);
  }

  get interrupted(): Promise<void> {
    return this.#first.promise;
  }

  [Symbol.dispose](): void {
    for (const signal of SIGNALS) process.off(signal, this.#handle);
  }

  readonly #handle = (): void => {
    const nowMs = performance.now();
    this.#firstMs ??= nowMs;
    this.#first.resolve();
    if (nowMs - this.#firstMs > ECHO_MS) process.exit(EXIT_FORCED);
  };
}
