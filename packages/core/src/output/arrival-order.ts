import { growBytes } from './grow-bytes.ts';

/** 0 is stdout, 1 is stderr. */
export type StreamIndex = 0 | 1;

const MAX_RUN = 127;

/**
 * Records the order in which the bytes of two streams arrived. Each record is a pair (stream, length), which is stored in one byte.
 *
 * If a guest switches between its streams after every byte, the records need one byte per byte of output.
 */
export class ArrivalOrder {
  #entries: Uint8Array<ArrayBuffer> = new Uint8Array(64);
  #count = 0;

  append(stream: StreamIndex, length: number): void {
    let rest = length - this.#fillLast(stream, length);
    this.#reserve(Math.ceil(rest / MAX_RUN));
    while (rest > 0) {
      const part = Math.min(rest, MAX_RUN);
      this.#entries[this.#count] = part * 2 + stream;
      this.#count += 1;
      rest -= part;
    }
  }

  visit(visitor: (stream: StreamIndex, length: number) => void): void {
    const count = this.#count;
    for (let index = 0; index < count; index += 1) {
      const entry = this.#entries[index] ?? 0;
      visitor((entry & 1) as StreamIndex, entry >> 1);
    }
  }

  /** Replaces each length with the result of `shorten`, which must not be larger than the length. */
  shorten(shorten: (stream: StreamIndex, length: number) => number): void {
    const count = this.#count;
    this.#count = 0;
    for (let index = 0; index < count; index += 1) {
      const entry = this.#entries[index] ?? 0;
      const stream = (entry & 1) as StreamIndex;
      const length = shorten(stream, entry >> 1);
      if (length > 0) this.append(stream, length);
    }
  }

  #fillLast(stream: StreamIndex, length: number): number {
    const last = this.#entries[this.#count - 1];
    if (last === undefined || (last & 1) !== stream) return 0;
    const part = Math.min(length, MAX_RUN - (last >> 1));
    this.#entries[this.#count - 1] = last + part * 2;
    return part;
  }

  #reserve(more: number): void {
    const needed = this.#count + more;
    if (needed <= this.#entries.length) return;
    this.#entries = growBytes(this.#entries, needed);
  }
}
