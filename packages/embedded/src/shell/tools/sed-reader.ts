import { ToolError } from './tool-options.ts';

/** Reads the text of a sed script from left to right. */
export class SedReader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  /** Matches a sticky expression at the current position, and moves past the match. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    if (match) this.#at += match[0].length;
    return match;
  }

  skip(pattern: RegExp): string {
    return this.match(pattern)?.[0] ?? '';
  }

  /** Reads the text up to the delimiter. A delimiter after a backslash or inside the brackets of an expression is part of the text. */
  delimited(delimiter: string, isExpression: boolean): string {
    let text = '';
    for (;;) {
      const character = this.#source[this.#at];
      if (character === undefined) throw new ToolError('unterminated expression: a delimiter is missing');
      this.#at += 1;
      if (character === delimiter) return text;
      if (character === '\\') text += this.#escaped(delimiter, isExpression);
      else text += character === '[' && isExpression ? `[${this.#bracket()}` : character;
    }
  }

  #escaped(delimiter: string, isExpression: boolean): string {
    const next = this.#source[this.#at] ?? '';
    this.#at += 1;
    if (next !== delimiter) return `\\${next}`;
    return isExpression && /[.*+?|()[\]{}^$]/.test(next) ? `\\${next}` : next;
  }

  #bracket(): string {
    return this.skip(/\^?\]?(?:\[[:.=].*?[:.=]\]|[^\]\n])*(?=\])/y);
  }

  /** Checks that nothing but a separator follows. */
  endCommand(message = 'extra characters after command'): void {
    if (this.skip(/[ \t]*(?:[;\n]|$|(?=[}#]))/y) === '' && !this.isAtEnd && !/[}#]/.test(this.#source[this.#at] ?? '')) {
      throw new ToolError(`-e expression #1, char ${this.#at + 1}: ${message}`);
    }
  }
}
