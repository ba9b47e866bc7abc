/**
 * Blocks a thread until the reply to its request arrives.
 *
 * The other thread makes the reply available, then sets the signal to 1 and notifies. The notification of one reply may arrive during
 * the wait for the next.
 */
export class BlockingReply {
  readonly #signal: Int32Array;

  /** Create this object before you send the request, because the constructor discards earlier signals. */
  constructor(signal: SharedArrayBuffer) {
    this.#signal = new Int32Array(signal);
    Atomics.store(this.#signal, 0, 0);
  }

  wait<T>(receive: () => T | undefined): T {
    for (;;) {
      Atomics.wait(this.#signal, 0, 0);
      // Before the look: a signal that arrives after it must not be discarded.
      Atomics.store(this.#signal, 0, 0);
      const received = receive();
      if (received !== undefined) return received;
    }
  }
}
