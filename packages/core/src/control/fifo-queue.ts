import { abortable } from './abortable.ts';

/** Admits one holder at a time, first come, first served. */
export class FifoQueue {
  #tail: Promise<void> = Promise.resolve();

  /**
   * Waits for the caller's turn. Resolves with a function that admits the next holder.
   *
   * @throws the abort reason if the signal aborts first. The caller then loses its place in the queue.
   */
  async enter(abortSignal: AbortSignal): Promise<() => void> {
    const turn = Promise.withResolvers<void>();
    const ahead = this.#tail;
    this.#tail = ahead.then(() => turn.promise);
    try {
      await abortable(ahead, abortSignal);
    } catch (error) {
      turn.resolve();
      throw error;
    }
    return turn.resolve;
  }
}
