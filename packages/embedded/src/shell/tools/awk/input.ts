import { patternOf } from './record.ts';

/** Text that is read record by record. */
export class RecordReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Returns the next record, or undefined at the end. `separator` is the value of RS. */
  next(separator: string): string | undefined {
    if (separator === '') return this.#paragraph();
    if (this.#at >= this.#text.length) return undefined;
    const [end, length] = this.#separatorAt(separator);
    const record = this.#text.slice(this.#at, end);
    this.#at = end + length;
    return record;
  }

  /** Returns the position and length of the next separator, or the end. */
  #separatorAt(separator: string): readonly [number, number] {
    const end = this.#text.length;
    if ([...separator].length === 1) {
      const found = this.#text.indexOf(separator, this.#at);
      return found < 0 ? [end, 0] : [found, separator.length];
    }
    const pattern = patternOf(separator);
    pattern.lastIndex = this.#at;
    let found = pattern.exec(this.#text);
    while (found !== null && found[0] === '') {
      pattern.lastIndex = found.index + 1;
      found = pattern.exec(this.#text);
    }
    return found === null ? [end, 0] : [found.index, found[0].length];
  }

  #paragraph(): string | undefined {
    while (this.#text[this.#at] === '\n') this.#at += 1;
    if (this.#at >= this.#text.length) return undefined;
    const found = this.#text.indexOf('\n\n', this.#at);
    const end = found < 0 ? this.#text.length : found;
    const record = this.#text.slice(this.#at, end).replace(/\n$/, '');
    this.#at = end;
    return record;
  }
}
