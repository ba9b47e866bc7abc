import { RunList, type StreamIndex } from './run-list.ts';

const MIN_SLACK_BYTES = 4096;
/** A larger chunk is taken in parts, so that it never needs room for all of itself. */
const PART_BYTES = 16 * 1024;

/** What the journal knows of one stream. Its first `headBytes` kept bytes precede the gap, if there is one. */
export interface JournalStream {
  totalBytes: number;
  /** Bytes of this stream that are in the journal. */
  storedBytes: number;
  /** Bytes left out between head and tail. */
  omittedBytes: number;
}

/**
 * The bytes of both streams in one list, in the order of arrival; of each stream the first and the last bytes stay.
 *
 * Memory is bounded by about seven times `keptBytes`, whatever the sizes of the chunks; in all, `push` is linear in the bytes.
 */
export class OutputJournal {
  readonly headBytes: number;
  readonly streams: readonly [JournalStream, JournalStream] = [emptyStream(), emptyStream()];
  readonly #tailBytes: number;
  readonly #slackBytes: number;
  readonly #runs = new RunList();
  #bytes = new Uint8Array(0);
  #length = 0;

  constructor(keptBytes: number) {
    this.headBytes = Math.floor(keptBytes / 2);
    this.#tailBytes = keptBytes - this.headBytes;
    this.#slackBytes = Math.max(this.headBytes, MIN_SLACK_BYTES);
  }

  push(stream: StreamIndex, bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; ) {
      const part = bytes.subarray(start, start + PART_BYTES);
      this.#append(stream, part);
      if (this.#excess() >= this.#slackBytes) this.compact();
      start += part.length;
    }
  }

  /** Drops what lies between the heads and the tails. */
  compact(): void {
    if (this.#excess() === 0) return;
    const sieves = [this.#sieve(0), this.#sieve(1)] as const;
    const bytes = this.#bytes;
    let read = 0;
    let write = 0;
    this.#runs.shorten((stream, length) => {
      const { before, after } = sieves[stream](length);
      move(bytes, { from: read, to: write, length: before });
      move(bytes, { from: read + length - after, to: write + before, length: after });
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

  /** The stored bytes in order of arrival. The visitor must not keep the arrays. */
  forEach(visit: (stream: StreamIndex, bytes: Uint8Array) => void): void {
    let start = 0;
    this.#runs.forEach((stream, length) => {
      visit(stream, this.#bytes.subarray(start, start + length));
      start += length;
    });
  }

  #append(index: StreamIndex, bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    this.#runs.append(index, bytes.length);
    const stream = this.streams[index];
    stream.totalBytes += bytes.length;
    stream.storedBytes += bytes.length;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, Math.ceil(this.#bytes.length * 1.5), MIN_SLACK_BYTES));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }

  #excess(): number {
    return this.#excessOf(this.streams[0]) + this.#excessOf(this.streams[1]);
  }

  #excessOf(stream: JournalStream): number {
    return Math.max(0, stream.storedBytes - this.headBytes - this.#tailBytes);
  }

  /** For the runs of one stream, in order: how many bytes stay at the start and at the end of each. */
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

/** `copyWithin` costs more than the move itself where runs are a few bytes long. */
function move(bytes: Uint8Array, span: { readonly from: number; readonly to: number; readonly length: number }): void {
  const { from, to, length } = span;
  if (from === to) return;
  if (length > 16) bytes.copyWithin(to, from, from + length);
  else for (let index = 0; index < length; index += 1) bytes[to + index] = bytes[from + index] ?? 0;
}

function emptyStream(): JournalStream {
  return { totalBytes: 0, storedBytes: 0, omittedBytes: 0 };
}
