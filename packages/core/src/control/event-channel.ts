/** Passes values from one producer to one consumer. If the consumer is slow, the producer waits. */
export class EventChannel<T> {
  readonly #capacity: number;
  readonly #values: T[] = [];
  #room = Promise.withResolvers<void>();
  #filled = Promise.withResolvers<void>();
  #isClosed = false;
  #isAbandoned = false;

  constructor(options: { readonly capacity?: number } = {}) {
    this.#capacity = options.capacity ?? 16;
  }

  /** Resolves when there is room for more. After `abandon()`, values are dropped. */
  async send(value: T): Promise<void> {
    if (this.#isAbandoned) return;
    this.#values.push(value);
    this.#filled.resolve();
    while (this.#values.length >= this.#capacity && !this.#isAbandoned) await this.#room.promise;
  }

  /** Ends the channel. Values that were already sent can still be read. */
  close(): void {
    this.#isClosed = true;
    this.#filled.resolve();
  }

  /** Stops reading. A waiting producer continues. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#room.resolve();
  }

  /** Returns the next value, or undefined at the end. */
  async next(): Promise<T | undefined> {
    while (this.#values.length === 0) {
      if (this.#isClosed) return undefined;
      await this.#filled.promise;
      if (this.#values.length === 0 && !this.#isClosed) this.#filled = Promise.withResolvers<void>();
    }
    const value = this.#values.shift();
    this.#room.resolve();
    this.#room = Promise.withResolvers<void>();
    if (this.#values.length === 0 && !this.#isClosed) this.#filled = Promise.withResolvers<void>();
    return value;
  }
}
