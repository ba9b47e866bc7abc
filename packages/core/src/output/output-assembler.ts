import { incompleteCharacterLength, isContinuationByte } from './incomplete-character.ts';
import type { OutputJournal } from './output-journal.ts';
import type { StreamIndex } from './run-list.ts';

/** Room for one marker line at each stream's gap. */
const MARKER_BYTES = 64;
const MAX_CONTINUATION_BYTES = 3;

/** Where one stream stands while its bytes are written out. */
interface Cursor {
  position: number;
  /** The beginning of a character whose rest has not come yet. */
  carry: Uint8Array;
  gap: 'none' | 'ahead' | 'at' | 'behind';
  omittedBytes: number;
  skippedBytes: number;
}

export interface AssembledText {
  readonly text: string;
  /** Bytes left out at the gap of each stream, up to the next character on either side. */
  readonly omittedBytes: readonly [number, number];
}

/**
 * Writes out one stream of a journal, or both in the order of arrival, as text.
 *
 * A character that is split over chunks appears where its last byte arrived, as a decoder for each stream would have it.
 */
export function assembleText(journal: OutputJournal, only?: StreamIndex): AssembledText {
  journal.compact();
  const assembler = new Assembler(journal);
  journal.forEach((stream, bytes) => {
    if (only === undefined || only === stream) assembler.write(stream, bytes);
  });
  return assembler.end(only === undefined ? [0, 1] : [only]);
}

class Assembler {
  readonly #headBytes: number;
  readonly #cursors: readonly [Cursor, Cursor];
  #target: Uint8Array;
  #length = 0;

  constructor(journal: OutputJournal) {
    const [stdout, stderr] = journal.streams;
    this.#headBytes = journal.headBytes;
    this.#cursors = [startCursor(stdout.omittedBytes), startCursor(stderr.omittedBytes)];
    this.#target = new Uint8Array(stdout.storedBytes + stderr.storedBytes + 2 * MARKER_BYTES);
  }

  write(stream: StreamIndex, bytes: Uint8Array): void {
    const cursor = this.#cursors[stream];
    const headBytes = cursor.gap === 'ahead' ? Math.max(0, this.#headBytes - cursor.position) : 0;
    cursor.position += bytes.length;
    if (cursor.gap === 'none' || cursor.gap === 'behind' || bytes.length <= headBytes) {
      this.#emit(cursor, bytes);
      return;
    }
    if (headBytes > 0) this.#emit(cursor, bytes.subarray(0, headBytes));
    if (cursor.gap === 'ahead') dropCarry(cursor);
    this.#writeAfterGap(cursor, bytes.subarray(headBytes));
  }

  end(streams: readonly StreamIndex[]): AssembledText {
    for (const stream of streams) {
      const cursor = this.#cursors[stream];
      if (cursor.gap === 'ahead') dropCarry(cursor);
      if (cursor.gap === 'at') this.#mark(cursor);
      this.#append(cursor.carry);
    }
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#target.subarray(0, this.#length));
    return { text, omittedBytes: [this.#cursors[0].omittedBytes, this.#cursors[1].omittedBytes] };
  }

  /** The tail may begin in the middle of a character; the rest of that one is left out too. */
  #writeAfterGap(cursor: Cursor, bytes: Uint8Array): void {
    let skipped = 0;
    while (skipped < bytes.length && cursor.skippedBytes < MAX_CONTINUATION_BYTES && isContinuationByte(bytes[skipped] ?? 0)) {
      skipped += 1;
      cursor.skippedBytes += 1;
    }
    cursor.omittedBytes += skipped;
    if (skipped === bytes.length) return;
    this.#mark(cursor);
    this.#emit(cursor, bytes.subarray(skipped));
  }

  #mark(cursor: Cursor): void {
    this.#append(Buffer.from(`\n[... ${cursor.omittedBytes} bytes omitted ...]\n`));
    cursor.gap = 'behind';
  }

  #emit(cursor: Cursor, bytes: Uint8Array): void {
    const start = this.#length;
    this.#append(cursor.carry);
    this.#append(bytes);
    const rest = incompleteCharacterLength(this.#target.subarray(start, this.#length));
    cursor.carry = NOTHING;
    if (rest === 0) return;
    this.#length -= rest;
    cursor.carry = this.#target.slice(this.#length, this.#length + rest);
    this.#closeBrokenCharacter(start);
  }

  /** A broken character before the carry must not be completed by bytes of the other stream. */
  #closeBrokenCharacter(start: number): void {
    const broken = incompleteCharacterLength(this.#target.subarray(start, this.#length));
    if (broken === 0) return;
    this.#length -= broken;
    this.#append(REPLACEMENT);
  }

  #append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#target.length) this.#grow();
    this.#target.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Replacements are longer than what they replace; only broken output needs it. */
  #grow(): void {
    const grown = new Uint8Array(this.#target.length * 2);
    grown.set(this.#target.subarray(0, this.#length));
    this.#target = grown;
  }
}

const REPLACEMENT = Buffer.from('\uFFFD');
const NOTHING = new Uint8Array(0);

function startCursor(omittedBytes: number): Cursor {
  return { position: 0, carry: NOTHING, gap: omittedBytes === 0 ? 'none' : 'ahead', omittedBytes, skippedBytes: 0 };
}

function dropCarry(cursor: Cursor): void {
  cursor.omittedBytes += cursor.carry.length;
  cursor.carry = NOTHING;
  cursor.gap = 'at';
}
