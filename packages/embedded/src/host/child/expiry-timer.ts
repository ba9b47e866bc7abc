import { die } from './die.ts';

/** With a longer delay, `setTimeout` would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Ends this process when the sandbox expires. */
export class ExpiryTimer {
  #timer: NodeJS.Timeout | undefined;

  /** Sets the expiry to `expiresInMs` milliseconds from now. Null means no expiry. `reason` is reported to the parent. */
  set(expiresInMs: number | null, reason: string): void {
    clearTimeout(this.#timer);
    if (expiresInMs !== null) this.#waitUntil(performance.now() + expiresInMs, reason);
  }

  #waitUntil(endMs: number, reason: string): void {
    const leftMs = endMs - performance.now();
    const wait = (): void => (leftMs > LONGEST_TIMER_MS ? this.#waitUntil(endMs, reason) : die(reason));
    this.#timer = setTimeout(wait, Math.min(leftMs, LONGEST_TIMER_MS));
  }
}
