const TAB_STOP = 4;

/** Reads one line of Markdown from left to right, in columns. A tab extends to the next multiple of four columns. */
export class LineCursor {
  readonly #line: string;
  #offset = 0;
  #column = 0;
  /** Number of columns that have already been consumed from the tab at the offset. */
  #consumedOfTab = 0;

  constructor(line: string) {
    this.#line = line;
  }

  /** Returns the column of the next character, with tabs expanded. */
  get column(): number {
    return this.#column;
  }

  /** Returns the number of columns of white space before the next character. */
  get indent(): number {
    let { column } = this;
    for (let offset = this.#offset; ; offset += 1) {
      const character = this.#line[offset];
      if (character === ' ') column += 1;
      else if (character === '\t') column += TAB_STOP - (column % TAB_STOP);
      else return column - this.column;
    }
  }

  /** Returns true if only white space is left. */
  get isBlank(): boolean {
    return this.trimmed === '';
  }

  /** Returns the rest of the line without leading white space. */
  get trimmed(): string {
    return this.#line.slice(this.#offset).replace(/^[ \t]+/, '');
  }

  /** Returns the rest of the line. A partly consumed tab is replaced with spaces. */
  get rest(): string {
    if (this.#consumedOfTab === 0) return this.#line.slice(this.#offset);
    const left = TAB_STOP - (this.#column % TAB_STOP);
    return ' '.repeat(left) + this.#line.slice(this.#offset + 1);
  }

  /** Consumes white space, up to the given number of columns. */
  skipColumns(columns: number): void {
    for (let left = columns; left > 0; left -= 1) {
      const character = this.#line[this.#offset];
      if (character === ' ') this.#offset += 1;
      else if (character === '\t') this.#skipColumnOfTab();
      else return;
      this.#column += 1;
    }
  }

  /** Consumes white space, and then the given number of characters, which must not be tabs. */
  skipCharacters(count: number): void {
    this.skipColumns(this.indent);
    this.#offset += count;
    this.#column += count;
  }

  #skipColumnOfTab(): void {
    const isLastColumn = this.#column % TAB_STOP === TAB_STOP - 1;
    this.#consumedOfTab = isLastColumn ? 0 : this.#consumedOfTab + 1;
    if (isLastColumn) this.#offset += 1;
  }
}
