/** A package manager forwards a Ctrl-C that the terminal has also delivered, so two signals within this time count as one signal. */
const ECHO_MS = 500;
const EXIT_INTERRUPTED = 130;

export interface StopKeyOptions {
  /** True while an answer is being written. */
  readonly isBusy: () => boolean;
  /** Ends the answer, but not the chat. */
  readonly stop: () => void;
  /** Ends the chat. */
  readonly leave: () => void;
}

/** Ctrl-C stops the current answer. A second Ctrl-C, or a Ctrl-C between answers, exits. Other signals exit immediately. */
export class StopKey implements Disposable {
  readonly #options: StopKeyOptions;
  #lastSignalMs = Number.NEGATIVE_INFINITY;
  #isStopping = false;
  #exitCode = 0;

  constructor(options: StopKeyOptions) {
    this.#options = options;
    process.on('SIGINT', this.#onInterrupt);
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, this.#leave);
  }

  /** Returns the exit code: 130 if the user exited with Ctrl-C or another signal, else 0. */
  get exitCode(): number {
    return this.#exitCode;
  }

  press(): void {
    if (this.#isStopping || !this.#options.isBusy()) {
      this.#leave();
      return;
    }
    this.#isStopping = true;
    this.#options.stop();
  }

  /** Prepares for the next answer. Must be called between two answers. */
  reset(): void {
    this.#isStopping = false;
  }

  [Symbol.dispose](): void {
    process.off('SIGINT', this.#onInterrupt);
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.off(signal, this.#leave);
  }

  readonly #onInterrupt = (): void => {
    const nowMs = performance.now();
    const isEcho = nowMs - this.#lastSignalMs < ECHO_MS;
    this.#lastSignalMs = nowMs;
    if (!isEcho) this.press();
  };

  readonly #leave = (): void => {
    this.#exitCode = EXIT_INTERRUPTED;
    this.#options.leave();
  };
}
