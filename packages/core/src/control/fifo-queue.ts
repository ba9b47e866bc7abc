/** Lets one holder in at a time, first come, first served. */
export class FifoQueue {
  #tail: Promise<void> = Promise.resolve();

  /**
   * Resolves with the function that lets the next one in.
   *
   * @throws the signal's reason when it aborts first; the place in the queue is given up.
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

/** The promise's value, or a rejection with the signal's reason, whichever comes first. The promise itself goes on. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return Promise.race([promise, aborted.promise]).finally(() => signal.removeEventListener('abort', onAbort));
}
