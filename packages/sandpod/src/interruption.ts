/** Signals that end a process, sent by Ctrl-C, `kill` or a closed terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/**
 * Signals that arrive within this many milliseconds after the first signal are ignored. A package manager forwards a Ctrl-C that the
 * terminal has already delivered, so the process receives it twice.
 */
const ECHO_MS = 500;
/** The conventional exit code after Ctrl-C. */
const EXIT_CODE = 130;

/**
 * Turns the signals that end this process into an abort, so that the process can remove its sandboxes before it exits.
 *
 * The first SIGINT, SIGTERM or SIGHUP aborts {@link Interruption.signal}. If another signal arrives more than 500 ms later, the process
 * ends immediately with exit code 130. Dispose of this object to restore the default behavior of the signals.
 */
export class Interruption implements Disposable {
  readonly #controller = new AbortController();
  #firstMs: number | undefined;

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#handle);
  }

  /**
   * Returns the abort signal, which aborts at the first process signal. The reason is an `AbortError` whose message contains the name of
   * the signal.
   */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Aborts for a reason other than a signal. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  [Symbol.dispose](): void {
    for (const signal of SIGNALS) process.off(signal, this.#handle);
  }

  readonly #handle = (signal: NodeJS.Signals): void => {
    const nowMs = performance.now();
    this.#firstMs ??= nowMs;
    this.#controller.abort(new DOMException(`Interrupted by ${signal}.`, 'AbortError'));
    if (nowMs - this.#firstMs > ECHO_MS) process.exit(EXIT_CODE);
  };
}
