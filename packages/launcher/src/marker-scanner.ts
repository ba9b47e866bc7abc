/** A piece of a stream: output of the program, or a line that the launcher marked as its own. */
export type ScannedPiece = { readonly data: Uint8Array } | { readonly line: string };

/** The launcher's lines are short. A longer line is not from the launcher. */
const MAX_LINE_BYTES = 4096;
const NEWLINE = 0x0a;
const NOTHING: Uint8Array = new Uint8Array(0);

/**
 * Separates output from lines that begin with a marker, regardless of how both are split into chunks.
 *
 * Bytes are held back only while they may be the beginning of a marker.
 */
export class MarkerScanner {
  #marker: Buffer;
  #held: Uint8Array = NOTHING;
  #isInLine = false;

  constructor(marker: string) {
    this.#marker = Buffer.from(marker);
  }

  *push(chunk: Uint8Array): Generator<ScannedPiece> {
    let rest = this.#held.byteLength === 0 ? asBuffer(chunk) : Buffer.concat([this.#held, chunk]);
    this.#held = NOTHING;
    while (rest.length > 0) {
      const end = this.#isInLine ? rest.indexOf(NEWLINE) : rest.indexOf(this.#marker);
      if (end < 0) {
        yield* this.#keep(rest);
        return;
      }
      const piece = rest.subarray(0, end);
      rest = rest.subarray(end + (this.#isInLine ? 1 : this.#marker.length));
      if (this.#isInLine) yield { line: lineOf(piece) };
      else if (piece.length > 0) yield { data: piece };
      this.#isInLine = !this.#isInLine;
    }
  }

  *#keep(rest: Buffer): Generator<ScannedPiece> {
    if (this.#isInLine) {
      lineOf(rest);
      this.#held = Buffer.from(rest);
      return;
    }
    const held = this.#beginningLength(rest);
    this.#held = Buffer.from(rest.subarray(rest.length - held));
    if (rest.length > held) yield { data: rest.subarray(0, rest.length - held) };
  }

  /** Returns the number of bytes at the end that may be the beginning of a marker. */
  #beginningLength(rest: Buffer): number {
    for (let length = Math.min(this.#marker.length - 1, rest.length); length > 0; length -= 1) {
      if (rest.subarray(rest.length - length).equals(this.#marker.subarray(0, length))) return length;
    }
    return 0;
  }
}

/** Decodes a line. @throws {Error} if the line, or the beginning of the line, is longer than any line from the launcher. */
function lineOf(bytes: Buffer): string {
  if (bytes.length > MAX_LINE_BYTES) throw new Error('The launcher sent a line that is too long.');
  return bytes.toString('latin1');
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
