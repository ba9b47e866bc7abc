import { EXIT_CODES } from './exit-code.ts';

/** Signals that end a command: Ctrl-C, a polite kill, a closed terminal. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A package manager passes on a Ctrl-C that the terminal has already delivered: two signals, one wish. */
const echoMs = 500;

/** Aborts at the first signal; a second one ends the process at once. */
export class Interruption implements Disposable {
  readonly #controller = new AbortController();
  readonly #forceExit: (code: number) => void;
  #firstMs: number | undefined;

  constructor(forceExit: (code: number) => void = (code) => process.exit(code)) {
    this.#forceExit = forceExit;
    for (const signal of signals) process.on(signal, this.#handle);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends the command for another reason than a signal. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  [Symbol.dispose](): void {
    for (const signal of signals) process.off(signal, this.#handle);
  }

  readonly #handle = (signal: NodeJS.Signals): void => {
    const nowMs = performance.now();
    this.#firstMs ??= nowMs;
    this.#controller.abort(new DOMException(`Interrupted by ${signal}.`, 'AbortError'));
    if (nowMs - this.#firstMs > echoMs) this.#forceExit(EXIT_CODES.cancelled);
  };
}
