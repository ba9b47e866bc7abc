import { ArrivalOrder, type StreamIndex } from './arrival-order.ts';
import { type ByteSpan, copySpan } from './byte-span.ts';
import { growBytes } from './grow-bytes.ts';

const MIN_SLACK_BYTES = 4096;
/** A larger chunk is copied in parts, so that the journal never needs room for the whole chunk. */
const PART_BYTES = 16 * 1024;

/** Byte counts for one stream. If bytes were omitted, the gap is after the first `headBytes` stored bytes. */
export interface JournalStream {
  totalBytes: number;
  /** Bytes of this stream that are still in the journal. */
  storedBytes: number;
  /** Bytes omitted between the head and the tail. */
  omittedBytes: number;
}

/**
 * Stores the bytes of both streams in order of arrival. Keeps the head and the tail of each stream, up to half of `keptBytes` each.
 *
 * For chunks of any size, memory use stays below about 1.6 times `keptBytes` if the guest uses one stream, and below 6 times if it uses
 * both. `push` takes linear time.
 */
export class HeadTailJournal {
  readonly headBytes: number;
  readonly streams: readonly [JournalStream, JournalStream] = [emptyStream(), emptyStream()];
  readonly #tailBytes: number;
  readonly #slackBytes: number;
  readonly #runs = new ArrivalOrder();
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(MIN_SLACK_BYTES);
  #length = 0;

  constructor(keptBytes: number) {
    this.headBytes = Math.floor(keptBytes / 2);
    this.#tailBytes = keptBytes - this.headBytes;
    this.#slackBytes = Math.max(Math.floor(keptBytes / 4), MIN_SLACK_BYTES);
  }

  push(stream: StreamIndex, bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; start += PART_BYTES) {
      this.#append(stream, { bytes, start, end: Math.min(bytes.length, start + PART_BYTES) });
      if (this.#excess() >= this.#slackBytes) this.compact();
    }
  }

  /** Drops the bytes between the head and the tail of each stream. */
  compact(): void {
    if (this.#excess() === 0) return;
    const sieves = [this.#sieve(0), this.#sieve(1)] as const;
    const bytes = this.#bytes;
    let read = 0;
    let write = 0;
    this.#runs.shorten((stream, length) => {
      const { before, after } = sieves[stream](length);
      if (read !== write) copySpan({ bytes, start: read, end: read + before }, bytes, write);
      if (before + after < length || read !== write)
        copySpan({ bytes, start: read + length - after, end: read + length }, bytes, write + before);
      read += length;
      write += before + after;
      return before + after;
    });
    this.#length = write;
    for (const stream of this.streams) {
      const excess = this.#excessOf(stream);
      stream.omittedBytes += excess;
      stream.storedBytes -= excess;
    }
  }

  /** Calls the visitor with the stored bytes in order of arrival. The visitor must not keep the array. */
  visit(visitor: (stream: StreamIndex, span: ByteSpan) => void): void {
    const bytes = this.#bytes;
    let start = 0;
    this.#runs.visit((stream, length) => {
      visitor(stream, { bytes, start, end: start + length });
      start += length;
    });
  }

  #append(index: StreamIndex, span: ByteSpan): void {
    const length = span.end - span.start;
    this.#reserve(length);
    copySpan(span, this.#bytes, this.#length);
    this.#length += length;
    this.#runs.append(index, length);
    const stream = this.streams[index];
    stream.totalBytes += length;
    stream.storedBytes += length;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    this.#bytes = growBytes(this.#bytes, needed);
  }

  #excess(): number {
    return this.#excessOf(this.streams[0]) + this.#excessOf(this.streams[1]);
  }

  #excessOf(stream: JournalStream): number {
    return Math.max(0, stream.storedBytes - this.headBytes - this.#tailBytes);
  }

  /**
   * Returns a function that must be called with the length of each run of the stream, in order. The function returns how many bytes to keep
   * at the start and at the end of the run.
   */
  #sieve(index: StreamIndex): (length: number) => { before: number; after: number } {
    const stream = this.streams[index];
    const dropFrom = this.headBytes;
    const dropTo = this.headBytes + this.#excessOf(stream);
    let position = 0;
    return (length) => {
      const before = Math.min(length, Math.max(0, dropFrom - position));
      const after = Math.min(length - before, Math.max(0, position + length - dropTo));
      position += length;
      return { before, after };
    };
  }
}

function emptyStream(): JournalStream {
  return { totalBytes: 0, storedBytes: 0, omittedBytes: 0 };
}
