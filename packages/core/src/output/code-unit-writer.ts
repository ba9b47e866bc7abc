/** Maximum number of characters to convert at once. The engine passes them as arguments of a function call. */
const CHUNK_UNITS = 8 * 1024;
/** A larger buffer is freed after use. */
const MAX_KEPT_UNITS = 64 * 1024;

/** Builds a string from UTF-16 code units. This needs far less time and memory than appending single characters to a string. */
export class CodeUnitWriter {
  #units = new Uint16Array(0);
  #length = 0;

  /** Makes room for a text of `length` code units. The writer must be empty. */
  reserve(length: number): void {
    if (this.#units.length < length) this.#units = new Uint16Array(length);
  }

  write(unit: number): void {
    this.#units[this.#length] = unit;
    this.#length += 1;
  }

  /** Returns the text and removes it from the writer. */
  take(): string {
    let text = '';
    for (let start = 0; start < this.#length; start += CHUNK_UNITS) {
      const chunk = this.#units.subarray(start, Math.min(start + CHUNK_UNITS, this.#length));
      // With `...chunk`, this takes eight times as long.
      text += String.fromCharCode.apply(null, chunk as unknown as number[]);
    }
    this.#length = 0;
    if (this.#units.length > MAX_KEPT_UNITS) this.#units = new Uint16Array(0);
    return text;
  }
}
