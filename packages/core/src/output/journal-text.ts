import type { StreamIndex } from './arrival-order.ts';
import { type ByteSpan, copySpan, spanOf } from './byte-span.ts';
import { growBytes } from './grow-bytes.ts';
import type { HeadTailJournal } from './head-tail-journal.ts';
import { incompleteCharacterLength, isContinuationByte } from './incomplete-character.ts';

/** Space for one marker line at the gap of each stream. */
const MARKER_BYTES = 64;
const MAX_CONTINUATION_BYTES = 3;

/** The state of one stream while its bytes are written. */
interface Cursor {
  position: number;
  /** The first bytes of an incomplete character. */
  carry: Uint8Array;
  gap: 'none' | 'ahead' | 'at' | 'behind';
  omittedBytes: number;
  skippedBytes: number;
}

export interface JournalText {
  readonly text: string;
  /** Number of omitted bytes in each stream, including incomplete characters on either side of the gap. */
  readonly omittedBytes: readonly [number, number];
}

/**
 * Decodes one stream of a journal, or both streams in order of arrival.
 *
 * A character that is split across chunks appears at the position of its last byte, as with one decoder per stream.
 */
export function journalText(journal: HeadTailJournal, only?: StreamIndex): JournalText {
  journal.compact();
  const writer = new TextWriter(journal);
  journal.visit((stream, span) => {
    if (only === undefined || only === stream) writer.write(stream, span);
  });
  return writer.end(only === undefined ? [0, 1] : [only]);
}

class TextWriter {
  readonly #headBytes: number;
  readonly #cursors: readonly [Cursor, Cursor];
  /** Grows only for invalid UTF-8, where the replacement character is longer than the bytes it replaces. */
  #target: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(journal: HeadTailJournal) {
    const [stdout, stderr] = journal.streams;
    this.#headBytes = journal.headBytes;
    this.#cursors = [startCursor(stdout.omittedBytes), startCursor(stderr.omittedBytes)];
    this.#target = new Uint8Array(stdout.storedBytes + stderr.storedBytes + 2 * MARKER_BYTES);
  }

  write(stream: StreamIndex, span: ByteSpan): void {
    const cursor = this.#cursors[stream];
    const length = span.end - span.start;
    const headBytes = cursor.gap === 'ahead' ? Math.max(0, this.#headBytes - cursor.position) : 0;
    cursor.position += length;
    if (cursor.gap === 'none' || cursor.gap === 'behind' || length <= headBytes) {
      this.#emit(cursor, span);
      return;
    }
    if (headBytes > 0) this.#emit(cursor, { ...span, end: span.start + headBytes });
    if (cursor.gap === 'ahead') dropCarry(cursor);
    this.#writeAfterGap(cursor, { ...span, start: span.start + headBytes });
  }

  end(streams: readonly StreamIndex[]): JournalText {
    for (const stream of streams) {
      const cursor = this.#cursors[stream];
      if (cursor.gap === 'ahead') dropCarry(cursor);
      if (cursor.gap === 'at') this.#mark(cursor);
      this.#append(spanOf(cursor.carry));
    }
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#target.subarray(0, this.#length));
    return { text, omittedBytes: [this.#cursors[0].omittedBytes, this.#cursors[1].omittedBytes] };
  }

  /** Writes the bytes that follow the gap. If the tail begins in the middle of a character, the rest of that character is omitted too. */
  #writeAfterGap(cursor: Cursor, { bytes, start, end }: ByteSpan): void {
    let from = start;
    while (from < end && cursor.skippedBytes < MAX_CONTINUATION_BYTES && isContinuationByte(bytes[from] ?? 0)) {
      from += 1;
      cursor.skippedBytes += 1;
      cursor.omittedBytes += 1;
    }
    if (from === end) return;
    this.#mark(cursor);
    this.#emit(cursor, { bytes, start: from, end });
  }

  #mark(cursor: Cursor): void {
    this.#append(spanOf(Buffer.from(`\n[... ${cursor.omittedBytes} bytes omitted ...]\n`)));
    cursor.gap = 'behind';
  }

  #emit(cursor: Cursor, span: ByteSpan): void {
    const start = this.#length;
    if (cursor.carry.length > 0) this.#append(spanOf(cursor.carry));
    this.#append(span);
    const rest = incompleteCharacterLength({ bytes: this.#target, start, end: this.#length });
    cursor.carry = NOTHING;
    if (rest === 0) return;
    this.#length -= rest;
    cursor.carry = this.#target.slice(this.#length, this.#length + rest);
    this.#closeBrokenCharacter(start);
  }

  /** Replaces a broken character before the carry, so that bytes of the other stream cannot complete it. */
  #closeBrokenCharacter(start: number): void {
    const broken = incompleteCharacterLength({ bytes: this.#target, start, end: this.#length });
    if (broken === 0) return;
    this.#length -= broken;
    this.#append(REPLACEMENT);
  }

  #append(span: ByteSpan): void {
    const end = this.#length + span.end - span.start;
    if (end > this.#target.length) this.#target = growBytes(this.#target, end);
    copySpan(span, this.#target, this.#length);
    this.#length = end;
  }
}

const REPLACEMENT = spanOf(Buffer.from('\uFFFD'));
const NOTHING = new Uint8Array(0);

function startCursor(omittedBytes: number): Cursor {
  return { position: 0, carry: NOTHING, gap: omittedBytes === 0 ? 'none' : 'ahead', omittedBytes, skippedBytes: 0 };
}

function dropCarry(cursor: Cursor): void {
  cursor.omittedBytes += cursor.carry.length;
  cursor.carry = NOTHING;
  cursor.gap = 'at';
}
