import { ToolError } from '../tool-options.ts';
import type { TokenReader } from './token-reader.ts';
import type { Expression, NameNode, Place } from './tree.ts';

const ASSIGNMENTS = ['=', '+=', '-=', '*=', '/=', '%=', '^='];
const COMPARISONS = ['<', '<=', '==', '!=', '>', '>='];
const PRINTED_COMPARISONS = COMPARISONS.filter((operator) => operator !== '>');
/** Variables of GNU awk that change how programs run. Ignoring them would give wrong results. */
const REFUSED = new Set(['IGNORECASE', 'FIELDWIDTHS', 'FPAT', 'PROCINFO', 'BINMODE']);

/** Parses the expressions of awk, in increasing order of their operators' precedence. */
export class ExpressionParser {
  readonly #tokens: TokenReader;
  /** The parameters of the function that is being parsed. */
  parameters: readonly string[] = [];
  /** The names of all functions that are called. */
  readonly called = new Set<string>();

  constructor(tokens: TokenReader) {
    this.#tokens = tokens;
  }

  /** If `isPrinted` is true, `>` starts a redirection and is not a comparison. */
  parse(isPrinted = false): Expression {
    const condition = this.#or(isPrinted);
    if (this.#tokens.accept('?') === undefined) return condition;
    this.#tokens.skipNewlines();
    const yes = this.parse(isPrinted);
    this.#tokens.skipNewlines();
    this.#tokens.expect(':');
    this.#tokens.skipNewlines();
    return { kind: 'choice', condition, yes, no: this.parse(isPrinted) };
  }

  /** Parses expressions between commas, up to a token that cannot continue the list. */
  list(isPrinted = false): Expression[] {
    const items = [this.parse(isPrinted)];
    while (this.#tokens.accept(',') !== undefined) {
      this.#tokens.skipNewlines();
      items.push(this.parse(isPrinted));
    }
    return items;
  }

  /** Parses the target of a redirection, in which `>` is not a comparison. */
  target(): Expression {
    return this.#concatenation();
  }

  name(name: string): NameNode {
    if (REFUSED.has(name)) throw new ToolError(`the variable ${name} is not supported in this sandbox`);
    const slot = this.parameters.indexOf(name);
    return { kind: 'name', name, slot: slot < 0 ? undefined : slot };
  }

  #or(isPrinted: boolean): Expression {
    return this.#logical('||', () => this.#logical('&&', () => this.#membership(isPrinted)));
  }

  #logical(operator: '&&' | '||', operand: () => Expression): Expression {
    let left = operand();
    while (this.#tokens.accept(operator) !== undefined) {
      this.#tokens.skipNewlines();
      left = { kind: 'logical', operator, left, right: operand() };
    }
    return left;
  }

  #membership(isPrinted: boolean): Expression {
    let left = this.#match(isPrinted);
    while (this.#tokens.accept('in') !== undefined) {
      const { kind, text } = this.#tokens.next();
      if (kind !== 'name') this.#tokens.fail();
      left = { kind: 'in', keys: left.kind === 'group' ? left.items : [left], list: this.name(text) };
    }
    return left;
  }

  #match(isPrinted: boolean): Expression {
    let left = this.#comparison(isPrinted);
    for (let operator = this.#tokens.accept('~', '!~'); operator !== undefined; operator = this.#tokens.accept('~', '!~')) {
      left = { kind: 'match', isNegated: operator === '!~', text: left, pattern: this.#comparison(isPrinted) };
    }
    return left;
  }

  #comparison(isPrinted: boolean): Expression {
    return this.#binary(isPrinted ? PRINTED_COMPARISONS : COMPARISONS, () => this.#piped());
  }

  /** Parses `command | getline`. */
  #piped(): Expression {
    let left = this.#concatenation();
    while (this.#tokens.isAt('|') && this.#tokens.peek(1).text === 'getline') {
      this.#tokens.next();
      this.#tokens.next();
      left = { kind: 'getline', place: this.#optionalPlace(), source: left, isCommand: true };
    }
    return left;
  }

  #concatenation(): Expression {
    let left = this.#sum();
    while (this.#startsValue()) left = { kind: 'binary', operator: ' ', left, right: this.#sum() };
    return left;
  }

  #startsValue(): boolean {
    const { kind, text } = this.#tokens.peek();
    if (['number', 'string', 'regex', 'name', 'call', 'builtin'].includes(kind)) return true;
    return kind === 'symbol' && ['$', '(', '!', '++', '--'].includes(text);
  }

  #sum(): Expression {
    return this.#binary(['+', '-'], () => this.#binary(['*', '/', '%'], () => this.#unary()));
  }

  /** Parses operators of the same strength, from left to right. */
  #binary(operators: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    for (let operator = this.#tokens.accept(...operators); operator !== undefined; operator = this.#tokens.accept(...operators)) {
      left = { kind: 'binary', operator, left, right: operand() };
    }
    return left;
  }

  #unary(): Expression {
    const operator = this.#tokens.accept('!', '-', '+');
    return operator === undefined ? this.#power() : { kind: 'unary', operator, operand: this.#unary() };
  }

  #power(): Expression {
    const left = this.#postfix();
    if (this.#tokens.accept('^') === undefined) return left;
    const sign = this.#tokens.accept('-', '+', '!');
    const right = this.#power();
    return { kind: 'binary', operator: '^', left, right: sign === undefined ? right : { kind: 'unary', operator: sign, operand: right } };
  }

  /** Parses a value, and an assignment to it or `++` after it. */
  #postfix(): Expression {
    const value = this.#primary();
    if (!isPlace(value)) return value;
    const operator = this.#tokens.accept(...ASSIGNMENTS);
    if (operator !== undefined) {
      this.#tokens.skipNewlines();
      return { kind: 'assign', place: value, operator: operator.slice(0, -1), value: this.parse() };
    }
    return this.#stepped(value);
  }

  #stepped(value: Place): Expression {
    const step = this.#tokens.accept('++', '--');
    return step === undefined ? value : { kind: 'step', place: value, by: step === '++' ? 1 : -1, isPrefix: false };
  }

  #primary(): Expression {
    const token = this.#tokens.next();
    const { kind, text } = token;
    if (kind === 'number') return { kind: 'constant', value: Number(text) };
    if (kind === 'string') return { kind: 'constant', value: text };
    if (kind === 'regex') return { kind: 'regex', source: text };
    if (kind === 'name') return this.#named(text);
    if (kind === 'call') return this.#call(text);
    if (kind === 'builtin') return { kind: 'builtin', name: text, given: this.#tokens.isAt('(') ? this.#arguments() : [] };
    if (kind === 'symbol' || text === 'getline') return this.#marked(text);
    return this.#tokens.fail();
  }

  #marked(text: string): Expression {
    if (text === 'getline') return this.#getline();
    if (text === '$') return { kind: 'field', index: this.#fieldIndex() };
    if (text === '++' || text === '--') {
      const place = this.#primary();
      return isPlace(place) ? { kind: 'step', place, by: text === '++' ? 1 : -1, isPrefix: true } : this.#tokens.fail();
    }
    if (text !== '(') return this.#tokens.fail();
    this.#tokens.skipNewlines();
    const items = this.list();
    this.#tokens.skipNewlines();
    this.#tokens.expect(')');
    return { kind: 'group', items };
  }

  /** `$NF-1` is `($NF)-1`, and `$i++` is `($i)++`. */
  #fieldIndex(): Expression {
    const sign = this.#tokens.accept('-', '+', '!');
    return sign === undefined ? this.#primary() : { kind: 'unary', operator: sign, operand: this.#primary() };
  }

  #getline(): Expression {
    const place = this.#optionalPlace();
    const source = this.#tokens.accept('<') === undefined ? undefined : this.#primary();
    return { kind: 'getline', place, source, isCommand: false };
  }

  #optionalPlace(): Place | undefined {
    if (this.#tokens.peek().kind !== 'name' && !this.#tokens.isAt('$')) return undefined;
    const value = this.#primary();
    return isPlace(value) ? value : this.#tokens.fail();
  }

  #named(text: string): Expression {
    const name = this.name(text);
    if (this.#tokens.accept('[') === undefined) return name;
    const keys = this.list();
    this.#tokens.expect(']');
    return { kind: 'element', list: name, keys };
  }

  #call(name: string): Expression {
    this.called.add(name);
    return { kind: 'call', name, given: this.#arguments() };
  }

  #arguments(): Expression[] {
    this.#tokens.expect('(');
    this.#tokens.skipNewlines();
    const given = this.#tokens.isAt(')') ? [] : this.list();
    this.#tokens.skipNewlines();
    this.#tokens.expect(')');
    return given;
  }
}

function isPlace(value: Expression): value is Place {
  return value.kind === 'name' || value.kind === 'element' || value.kind === 'field';
}
