import { ToolError } from '../tool-options.ts';
import { ExpressionParser } from './expressions.ts';
import { TokenReader } from './token-reader.ts';
import { Tokenizer } from './tokens.ts';
import type { AwkFunction, AwkProgram, Expression, Redirection, Rule, Statement } from './tree.ts';

const EMPTY: Statement = { kind: 'block', body: [] };
const LOOP = { kind: 'for', start: undefined, step: undefined, isFirstFree: false } as const;

class Parser {
  readonly begin: Statement[] = [];
  readonly end: Statement[] = [];
  readonly rules: Rule[] = [];
  readonly functions = new Map<string, AwkFunction>();
  readonly #tokens: TokenReader;
  readonly #expressions: ExpressionParser;

  constructor(source: string) {
    this.#tokens = new TokenReader(new Tokenizer(source).all());
    this.#expressions = new ExpressionParser(this.#tokens);
  }

  parse(): AwkProgram {
    for (;;) {
      this.#skipEnds();
      if (this.#tokens.peek().kind === 'end') break;
      this.#item();
    }
    for (const name of this.#expressions.called) {
      if (!this.functions.has(name)) throw new ToolError(`function ${name} is not defined, or is not supported in this sandbox`);
    }
    return this;
  }

  #item(): void {
    if (this.#tokens.accept('function') !== undefined) this.#function();
    else if (this.#tokens.accept('BEGIN') !== undefined) this.begin.push(this.#block());
    else if (this.#tokens.accept('END') !== undefined) this.end.push(this.#block());
    else this.#rule();
  }

  #rule(): void {
    const patterns = this.#tokens.isAt('{') ? [] : this.#expressions.list();
    if (patterns.length > 2) this.#tokens.fail();
    this.rules.push({ patterns, body: this.#tokens.isAt('{') ? this.#block() : undefined });
  }

  #function(): void {
    const { kind, text } = this.#tokens.next();
    if (kind !== 'name' && kind !== 'call') this.#tokens.fail();
    this.#tokens.expect('(');
    const parameters: string[] = [];
    while (this.#tokens.accept(')') === undefined) {
      this.#tokens.skipNewlines();
      const parameter = this.#tokens.next();
      if (parameter.kind !== 'name') this.#tokens.fail();
      parameters.push(parameter.text);
      this.#tokens.accept(',');
      this.#tokens.skipNewlines();
    }
    this.#tokens.skipNewlines();
    this.#expressions.parameters = parameters;
    this.functions.set(text, { parameters, body: this.#block() });
    this.#expressions.parameters = [];
  }

  #block(): Statement {
    this.#tokens.expect('{');
    const body: Statement[] = [];
    for (;;) {
      this.#skipEnds();
      if (this.#tokens.accept('}') !== undefined) return { kind: 'block', body };
      body.push(this.#statement());
    }
  }

  #skipEnds(): void {
    do this.#tokens.skipNewlines();
    while (this.#tokens.accept(';') !== undefined);
  }

  #statement(): Statement {
    if (this.#tokens.isAt('{')) return this.#block();
    const compound = this.#compound();
    if (compound !== undefined) return compound;
    const simple = this.#simple();
    this.#endStatement();
    return simple;
  }

  /** Statements that other statements end. */
  #compound(): Statement | undefined {
    if (this.#tokens.accept('if') !== undefined) return this.#if();
    if (this.#tokens.accept('for') !== undefined) return this.#for();
    if (this.#tokens.accept('while') !== undefined) return { ...LOOP, condition: this.#condition(), body: this.#body() };
    return undefined;
  }

  #endStatement(): void {
    if (this.#tokens.accept(';') !== undefined || this.#tokens.isAt('}') || this.#tokens.peek().kind === 'end') return;
    if (this.#tokens.peek().kind !== 'newline') this.#tokens.fail();
  }

  /** The statement after a condition, or an empty one. */
  #body(): Statement {
    if (this.#tokens.accept(';') !== undefined) return EMPTY;
    this.#tokens.skipNewlines();
    return this.#statement();
  }

  #condition(): Expression {
    this.#tokens.expect('(');
    const condition = this.#expressions.parse();
    this.#tokens.expect(')');
    return condition;
  }

  #if(): Statement {
    const condition = this.#condition();
    const yes = this.#body();
    let ahead = 0;
    while (this.#tokens.peek(ahead).kind === 'newline' || this.#tokens.peek(ahead).text === ';') ahead += 1;
    const { kind, text } = this.#tokens.peek(ahead);
    if (kind !== 'keyword' || text !== 'else') return { kind: 'if', condition, yes, no: undefined };
    this.#skipEnds();
    this.#tokens.expect('else');
    return { kind: 'if', condition, yes, no: this.#body() };
  }

  #for(): Statement {
    this.#tokens.expect('(');
    const [place, word, list, close] = [0, 1, 2, 3].map((ahead) => this.#tokens.peek(ahead));
    if (place?.kind === 'name' && word?.text === 'in' && list?.kind === 'name' && close?.text === ')') {
      for (let count = 0; count < 4; count += 1) this.#tokens.next();
      return { kind: 'for-in', place: this.#expressions.name(place.text), list: this.#expressions.name(list.text), body: this.#body() };
    }
    const start = this.#tokens.isAt(';') ? undefined : this.#simple();
    this.#tokens.expect(';');
    this.#tokens.skipNewlines();
    const condition = this.#tokens.isAt(';') ? undefined : this.#expressions.parse();
    this.#tokens.expect(';');
    this.#tokens.skipNewlines();
    const step = this.#tokens.isAt(')') ? undefined : this.#simple();
    this.#tokens.expect(')');
    return { ...LOOP, start, condition, step, body: this.#body() };
  }

  #simple(): Statement {
    const word = this.#tokens.accept('print', 'printf', 'next', 'nextfile', 'break', 'continue', 'exit', 'return', 'delete', 'do');
    if (word === undefined) return { kind: 'expression', value: this.#expressions.parse() };
    if (word === 'print' || word === 'printf') return this.#print(word === 'printf');
    if (word === 'exit' || word === 'return') return { kind: word, value: this.#isAtEnd() ? undefined : this.#expressions.parse() };
    if (word === 'delete') return this.#delete();
    if (word === 'do') return this.#do();
    return { kind: word as 'next' };
  }

  #do(): Statement {
    const body = this.#body();
    this.#skipEnds();
    this.#tokens.expect('while');
    return { ...LOOP, condition: this.#condition(), body, isFirstFree: true };
  }

  #delete(): Statement {
    const { kind, text } = this.#tokens.next();
    if (kind !== 'name') this.#tokens.fail();
    const list = this.#expressions.name(text);
    if (this.#tokens.accept('[') === undefined) return { kind: 'delete', list, keys: undefined };
    const keys = this.#expressions.list();
    this.#tokens.expect(']');
    return { kind: 'delete', list, keys };
  }

  #print(isFormat: boolean): Statement {
    const given = this.#isAtEnd() || this.#tokens.isAt('>', '>>', '|') ? [] : this.#expressions.list(true);
    const [first] = given;
    const items = given.length === 1 && first?.kind === 'group' ? first.items : given;
    if (isFormat && items.length === 0) this.#tokens.fail();
    const mode = this.#tokens.accept('>', '>>', '|') as Redirection['mode'] | undefined;
    return { kind: 'print', isFormat, items, to: mode === undefined ? undefined : { mode, target: this.#expressions.target() } };
  }

  #isAtEnd(): boolean {
    return this.#tokens.isAt(';', '}') || ['newline', 'end'].includes(this.#tokens.peek().kind);
  }
}

/** Parses an awk program. @throws {ToolError} if the program is invalid or uses a feature that this sandbox does not support. */
export function parseAwk(source: string): AwkProgram {
  return new Parser(source).parse();
}
