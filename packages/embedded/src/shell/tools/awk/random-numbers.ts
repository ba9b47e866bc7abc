/** Random numbers. Every run with the same seed gets the same numbers. */
export class RandomNumbers {
  #seed = 0;
  #state = 0;

  /** Sets the seed, and returns the previous seed. */
  seed(seed: number): number {
    const before = this.#seed;
    this.#seed = seed;
    this.#state = Math.trunc(seed) | 0;
    return before;
  }

  /** Returns a number from 0 (inclusive) to 1 (exclusive). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
