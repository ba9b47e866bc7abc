import { pythonProblem } from './python-problem.ts';

const PREFIX = /^(?:[rbutf]|br|rb|fr|rf|tr|rt)$/i;
/** The prefix of a string, or any other word or number. */
const WORD = /[\p{XIDC}]+/uy;
/** Maximum depth to which formatted strings can be nested in the fields of formatted strings. Python 3.12 has a similar limit. */
const MAX_NESTING = 100;

/** Returns the length of the word that begins at an offset, or 0. */
export function wordLength(source: string, at: number): number {
  WORD.lastIndex = at;
  return WORD.exec(source)?.[0].length ?? 0;
}

/** If a string begins at the offset (with its prefix, if any, and quotes), returns the offset of its end. Otherwise returns undefined. */
export function endOfString(source: string, at: number, nesting = 0): number | undefined {
  const length = wordLength(source, at);
  const quote = source[at + length];
  if (quote !== '"' && quote !== "'") return undefined;
  const prefix = source.slice(at, at + length);
  if (length > 0 && !PREFIX.test(prefix)) return undefined;
  if (nesting > MAX_NESTING) throw pythonProblem('fewer nested strings', { source, at });
  return new StringReader({ source, at: at + length, prefix, nesting }).read();
}

class StringReader {
  readonly #source: string;
  readonly #start: number;
  readonly #quote: string;
  readonly #isRaw: boolean;
  readonly #isFormatted: boolean;
  readonly #nesting: number;
  #at: number;

  constructor(parts: { readonly source: string; readonly at: number; readonly prefix: string; readonly nesting: number }) {
    const { source, at, prefix } = parts;
    const quote = source[at] ?? '';
    this.#source = source;
    this.#start = at;
    this.#quote = source.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
    this.#isRaw = /r/i.test(prefix);
    this.#isFormatted = /[ft]/i.test(prefix);
    this.#nesting = parts.nesting;
    this.#at = at + this.#quote.length;
  }

  read(): number {
    while (!this.#source.startsWith(this.#quote, this.#at)) this.#step();
    return this.#at + this.#quote.length;
  }

  #step(): void {
    const char = this.#charInside();
    if (char === '\\') this.#escape();
    else if (char === '{' && this.#isFormatted) this.#brace();
    else this.#at += 1;
  }

  #charInside(): string {
    const char = this.#source[this.#at];
    if (char !== undefined && (char !== '\n' || this.#quote.length === 3)) return char;
    throw pythonProblem('the end of the string', { source: this.#source, at: this.#start });
  }

  #escape(): void {
    const next = this.#source[this.#at + 1];
    // A named character looks like a field, but is not a field.
    if (this.#isFormatted && !this.#isRaw && this.#source.startsWith('\\N{', this.#at)) this.#at += 3;
    else this.#at += this.#isFormatted && next === '{' ? 1 : 2;
  }

  #brace(): void {
    if (this.#source[this.#at + 1] === '{') this.#at += 2;
    else this.#field(0);
  }

  /** Moves from the opening brace of a field to the offset after its closing brace. */
  #field(depth: number): void {
    if (depth > MAX_NESTING) throw pythonProblem('fewer nested fields', { source: this.#source, at: this.#at });
    this.#at += 1;
    this.#expression();
    if (this.#source[this.#at] === ':') this.#format(depth);
    this.#at += 1;
  }

  /** Moves to the colon or brace that ends the expression of a field. */
  #expression(): void {
    let brackets = 0;
    for (let char = this.#source[this.#at]; ; char = this.#source[this.#at]) {
      if (brackets === 0 && (char === '}' || char === ':')) return;
      if (char !== undefined && '([{'.includes(char)) brackets += 1;
      if (char !== undefined && ')]}'.includes(char)) brackets -= 1;
      this.#inExpression(char);
    }
  }

  #inExpression(char: string | undefined): void {
    if (char === undefined) throw pythonProblem('the end of the string', { source: this.#source, at: this.#start });
    this.#at = endOfString(this.#source, this.#at, this.#nesting + 1) ?? this.#at + (wordLength(this.#source, this.#at) || 1);
  }

  /** Moves over the part of a field between its colon and its closing brace: text that can contain fields. */
  #format(depth: number): void {
    for (this.#at += 1; this.#charInside() !== '}'; ) {
      if (this.#source[this.#at] === '{') this.#field(depth + 1);
      else this.#at += 1;
    }
  }
}
