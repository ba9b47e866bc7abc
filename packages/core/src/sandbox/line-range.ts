import { SandpodError } from '../errors/sandpod-error.ts';

/** Extracts a range of lines from a text that arrives in pieces. Stores no text. */
export class LineRange {
  readonly #first: number;
  readonly #last: number;
  #line = 1;

  /** Both lines are 1-based and inclusive. Default: all lines. @throws {SandpodError} `invalid-options` unless 1 <= first <= last. */
  constructor({ startLine, endLine }: { readonly startLine?: number | undefined; readonly endLine?: number | undefined }) {
    this.#first = startLine ?? 1;
    this.#last = endLine ?? Number.POSITIVE_INFINITY;
    if (!Number.isInteger(this.#first) || this.#first < 1 || !(this.#last >= this.#first)) throw invalidRange(startLine, endLine);
  }

  /** Returns true after the last line of the range. The rest of the text does not have to be read. */
  get isOver(): boolean {
    return this.#line > this.#last;
  }

  /** Returns the part of the next piece that belongs to the range. */
  take(piece: string): string {
    const start = this.#skip(piece, { from: 0, until: this.#first });
    if (start < 0) return '';
    if (this.#last === Number.POSITIVE_INFINITY) return piece.slice(start);
    const end = this.#skip(piece, { from: start, until: this.#last + 1 });
    return end < 0 ? piece.slice(start) : piece.slice(start, end);
  }

  /** Returns the position at which a line starts, or -1 if the piece ends first. */
  #skip(piece: string, { from, until }: { readonly from: number; readonly until: number }): number {
    let start = from;
    while (this.#line < until) {
      const end = piece.indexOf('\n', start);
      if (end < 0) return -1;
      start = end + 1;
      this.#line += 1;
    }
    return start;
  }
}

function invalidRange(startLine: number | undefined, endLine: number | undefined): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: `startLine and endLine: expected whole numbers, 1 <= startLine <= endLine, given ${startLine} and ${endLine}.`,
  });
}
