/** A launcher that is given up after this many milliseconds without an answer has left its request unanswered. */
const UNANSWERED_MS = 1_500;
/** After this many unanswered requests in a row, no launcher is expected to answer anymore. */
const MAX_UNANSWERED = 2;

/**
 * Counts the requests that launchers leave unanswered. Programs in the sandbox can stop launchers. Without this class, every later request
 * would wait until its time limit.
 */
export class AnswerWatch {
  readonly #onSilent: () => void;
  #unanswered = 0;

  /** @param onSilent Called if launchers no longer answer. */
  constructor(onSilent: () => void) {
    this.#onSilent = onSilent;
  }

  /** Must be called when a launcher answers a request. */
  answered(): void {
    this.#unanswered = 0;
  }

  /** Must be called when a launcher is given up that has not answered a request for this many milliseconds. */
  gaveUp(waitedMs: number): void {
    if (waitedMs < UNANSWERED_MS) return;
    this.#unanswered += 1;
    if (this.#unanswered >= MAX_UNANSWERED) this.#onSilent();
  }

  /** Must be called when the platform has started a launcher, but the launcher does not report that it is ready. */
  neverReady(): void {
    this.#onSilent();
  }
}
