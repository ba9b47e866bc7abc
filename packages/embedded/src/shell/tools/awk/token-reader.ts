import { ToolError } from '../tool-options.ts';
import type { Token } from './tokens.ts';

/** Reads the tokens of a program in order. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Returns true if the next token is one of these symbols or keywords. */
  isAt(...texts: readonly string[]): boolean {
    const { kind, text } = this.peek();
    return (kind === 'symbol' || kind === 'keyword') && texts.includes(text);
  }

  /** Consumes the next token if it is one of these symbols or keywords. */
  accept(...texts: readonly string[]): string | undefined {
    return this.isAt(...texts) ? this.next().text : undefined;
  }

  expect(text: string): void {
    if (this.accept(text) === undefined) this.fail();
  }

  skipNewlines(): void {
    while (this.peek().kind === 'newline') this.#at += 1;
  }

  fail(): never {
    const { kind, text, line } = this.peek();
    throw new ToolError(`line ${line}: syntax error at or near ${kind === 'newline' ? 'the end of the line' : text}`);
  }
}
