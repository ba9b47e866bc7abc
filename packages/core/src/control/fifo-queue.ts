import { abortable } from './abortable.ts';

/** Admits one holder at a time, first come, first served. */
export class FifoQueue {
  #tail: Promise<void> = Promise.resolve();

  /**
   * Resolves with the function that admits the next holder.
   *
   * @throws the signal's reason if it aborts first. The place in the queue is given up.
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
