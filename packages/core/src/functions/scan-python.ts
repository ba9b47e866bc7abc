import { pythonProblem } from './python-problem.ts';
import { endOfString, wordLength } from './python-strings.ts';

/** A logical line: one or more lines that are joined by brackets, strings or backslashes. Offsets refer to the source. */
export interface LogicalLine {
  readonly indentation: string;
  readonly start: number;
  /** The offset after the last character, excluding spaces and comments. */
  readonly end: number;
  /** The first colon outside brackets and strings. */
  readonly colon?: number;
  /** True if the line ends with a colon, so that an indented block must follow. */
  readonly opensBlock: boolean;
  /** True if the line is one string and nothing else. */
  readonly isString: boolean;
}

export interface ScannedPython {
  readonly lines: readonly LogicalLine[];
  /** Offsets of the lines that do not begin inside a string. */
  readonly margins: readonly number[];
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const SPACE = /[ \t\f]*/y;

/**
 * Finds the structure of Python source whose lines end with `\n`: logical lines, strings, brackets and comments.
 *
 * @throws {SandpodError} `invalid-options` for an unclosed string or bracket.
 */
export function scanPython(source: string): ScannedPython {
  return new PythonScanner(source).scan();
}

class PythonScanner {
  readonly #source: string;
  readonly #margins: number[] = [];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  scan(): ScannedPython {
    const lines: LogicalLine[] = [];
    while (this.#at < this.#source.length) {
      const indentation = this.#beginLine();
      if (this.#skipsToNextLine()) continue;
      lines.push(this.#logicalLine(indentation));
    }
    return { lines, margins: this.#margins };
  }

  #beginLine(): string {
    this.#margins.push(this.#at);
    return this.#skipSpace();
  }

  #skipSpace(): string {
    SPACE.lastIndex = this.#at;
    const [space = ''] = SPACE.exec(this.#source) ?? [];
    this.#at += space.length;
    return space;
  }

  /** If the cursor is at a comment or at the end of the line, moves to the next line and returns true. */
  #skipsToNextLine(): boolean {
    const char = this.#source[this.#at];
    if (char !== undefined && char !== '\n' && char !== '#') return false;
    const end = this.#source.indexOf('\n', this.#at);
    this.#at = end === -1 ? this.#source.length : end + 1;
    return true;
  }

  #logicalLine(indentation: string): LogicalLine {
    const start = this.#at;
    const open: number[] = [];
    let end = start;
    let colon: number | undefined;
    let last = '';
    let tokens = 0;
    while (this.#at < this.#source.length) {
      this.#skipSpace();
      if (this.#skipsToNextLine()) {
        if (open.length === 0) break;
        this.#beginLine();
        continue;
      }
      const from = this.#at;
      const token = this.#token(open);
      if (token === '') continue;
      if (token === ':' && open.length === 0) colon ??= from;
      last = token;
      end = this.#at;
      tokens += 1;
    }
    const [unclosed] = open;
    if (unclosed !== undefined) throw this.#problem('a closing bracket', unclosed);
    const found = colon === undefined ? {} : { colon };
    return { indentation, start, end, ...found, opensBlock: last === ':', isString: tokens === 1 && last === '"' };
  }

  /** Skips one token and returns a character for it: `"` for a string, `a` for a word, an empty string for joined lines. */
  #token(open: number[]): string {
    const at = this.#at;
    const end = endOfString(this.#source, at);
    this.#at = end ?? at + (wordLength(this.#source, at) || 1);
    if (end !== undefined) return '"';
    const char = this.#source[at] ?? '';
    if (char === '\\') return this.#joinLines();
    if (this.#at - at > 1 || !/[()[\]{}:]/.test(char)) return 'a';
    if (char in CLOSING) open.push(at);
    else if (char !== ':') this.#close(open, at);
    return char;
  }

  #joinLines(): string {
    if (this.#source[this.#at] !== '\n') throw this.#problem('a line break after "\\"', this.#at);
    this.#at += 1;
    this.#beginLine();
    return '';
  }

  #close(open: number[], at: number): void {
    const opening = this.#source[open.pop() ?? -1] ?? '';
    if (CLOSING[opening] !== this.#source[at]) throw this.#problem(`an opening bracket for "${this.#source[at]}"`, at);
  }

  #problem(expected: string, at: number): Error {
    return pythonProblem(expected, { source: this.#source, at });
  }
}
