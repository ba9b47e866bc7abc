import { ToolError } from '../tool-options.ts';
import { BUILTIN_FUNCTIONS } from './builtins.ts';

export type TokenKind = 'number' | 'string' | 'regex' | 'name' | 'call' | 'builtin' | 'keyword' | 'symbol' | 'newline' | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly line: number;
}

const KEYWORDS = new Set(
  'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(' '),
);
const SYMBOL = /(?:\*\*=|\*\*|&&|\|\||\+\+|--|>>|[-+*/%^=!<>]=|!~|[{}()[\];,+\-*/%^!<>|?:~$=])/y;
const BLANK = /(?:[ \t\r]|\\\r?\n|#[^\n]*)+/y;
const NUMBER = /(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/y;
const NAME = /[A-Za-z_]\w*/y;
const STRING = /"((?:\\[\s\S]|[^"\\\n])*)"/y;
const REGEX = /\/((?:\\[^\n]|\[\^?\]?(?:\[:\w+:\]|[^\]\n])*\]|[^/\\\n[])*)\//y;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
  '/': '/',
};

/** Replaces escape sequences, as in string constants. An unknown escape keeps its backslash, which matters in dynamic patterns. */
export function unescapeText(text: string): string {
  return text.replace(/\\(\r?\n|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) % 256);
    if (/\n$/.test(code)) return '';
    return ESCAPES[code] ?? whole;
  });
}

/** Splits the source of an awk program into tokens. */
export class Tokenizer {
  readonly #source: string;
  #at = 0;
  #line = 1;
  #last: Token | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  all(): Token[] {
    const tokens: Token[] = [];
    for (;;) {
      const token = this.#next();
      tokens.push(token);
      this.#last = token;
      if (token.kind === 'end') return tokens;
    }
  }

  #next(): Token {
    this.#take(BLANK);
    const { length } = this.#source;
    if (this.#at >= length) return this.#token('end', 'the end of the program');
    if (this.#source[this.#at] === '\n') {
      this.#at += 1;
      const token = this.#token('newline', '\n');
      this.#line += 1;
      return token;
    }
    const regex = this.#allowsRegex() ? this.#take(REGEX) : undefined;
    if (regex !== undefined) return this.#token('regex', regex[1] ?? '');
    const string = this.#take(STRING);
    if (string !== undefined) return this.#token('string', unescapeText(string[1] ?? ''));
    const number = this.#take(NUMBER);
    if (number !== undefined) return this.#token('number', number[0]);
    const name = this.#take(NAME)?.[0];
    if (name !== undefined) return this.#named(name);
    const symbol = this.#take(SYMBOL)?.[0];
    if (symbol === undefined) throw new ToolError(`line ${this.#line}: syntax error near ${this.#source.slice(this.#at, this.#at + 20)}`);
    return this.#token('symbol', symbol.replace('**', '^'));
  }

  #named(name: string): Token {
    if (KEYWORDS.has(name)) return this.#token('keyword', name === 'func' ? 'function' : name);
    if (Object.hasOwn(BUILTIN_FUNCTIONS, name)) return this.#token('builtin', name);
    return this.#token(this.#source[this.#at] === '(' ? 'call' : 'name', name);
  }

  /** A slash after a value is a division. */
  #allowsRegex(): boolean {
    if (this.#last === undefined) return true;
    const { kind, text } = this.#last;
    if (kind === 'symbol') return ![')', ']', '$', '++', '--'].includes(text);
    return kind === 'keyword' || kind === 'newline';
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (found === null) return undefined;
    this.#at += found[0].length;
    this.#line += found[0].split('\n').length - 1;
    return found;
  }

  #token(kind: TokenKind, text: string): Token {
    return { kind, text, line: this.#line };
  }
}
