import { ToolError } from '../tool-options.ts';
import { arithmetic } from './arithmetic.ts';
import { BUILTIN_FUNCTIONS } from './builtins.ts';
import type { AwkFiles } from './files.ts';
import type { RecordReader } from './input.ts';
import { AwkMemory, fieldIndex } from './memory.ts';
import { RandomNumbers } from './random-numbers.ts';
import { matches } from './record.ts';
import { awaited, type Steps } from './steps.ts';
import { compare } from './texts.ts';
import type { Expression, Getline, Place } from './tree.ts';
import { inputValue, isTrue, numberOf, type Value } from './values.ts';
import { Variable } from './variables.ts';

/** The parts of the program that expressions need. */
export interface Surroundings {
  readonly files: AwkFiles;
  readonly longestText: number;
  /** Returns the next record of the main input, or undefined at the end. */
  nextRecord(): Steps<string | undefined>;
  call(name: string, given: readonly Variable[]): Steps<Value>;
  parameterCount(name: string): number;
}

/** Evaluates the expressions of a program. */
export class Evaluator extends AwkMemory {
  readonly around: Surroundings;
  readonly random: RandomNumbers = new RandomNumbers();

  constructor(around: Surroundings) {
    super();
    this.around = around;
  }

  *text(node: Expression): Steps<string> {
    return this.toText(yield* this.value(node));
  }

  *number(node: Expression): Steps<number> {
    return numberOf(yield* this.value(node));
  }

  *isTrue(node: Expression): Steps<boolean> {
    return isTrue(yield* this.value(node));
  }

  /** Returns the pattern that an expression stands for: a regular expression, or text that contains one. */
  *pattern(node: Expression): Steps<string> {
    return node.kind === 'regex' ? node.source : yield* this.text(node);
  }

  *values(nodes: readonly Expression[]): Steps<Value[]> {
    const values: Value[] = [];
    for (const node of nodes) values.push(yield* this.value(node));
    return values;
  }

  *key(nodes: readonly Expression[]): Steps<string> {
    const values = yield* this.values(nodes);
    return values.map((value) => this.toText(value)).join(values.length > 1 ? this.global('SUBSEP') : '');
  }

  *value(node: Expression): Steps<Value> {
    switch (node.kind) {
      case 'constant':
        return node.value;
      case 'name':
        return this.valueOf(node);
      case 'field':
        return this.record.field(fieldIndex(yield* this.value(node.index)));
      case 'element':
        return yield* this.#element(node);
      case 'regex':
        return matches(this.record.text, node.source) ? 1 : 0;
      case 'group':
        return yield* this.#group(node.items);
      case 'binary':
        return this.#binary(node.operator, yield* this.value(node.left), yield* this.value(node.right));
      case 'assign':
        return yield* this.#assign(node);
      case 'logical':
        return yield* this.#logical(node);
      default:
        return yield* this.#other(node);
    }
  }

  *#other(node: Exclude<Expression, Place>): Steps<Value> {
    switch (node.kind) {
      case 'choice':
        return yield* this.value((yield* this.isTrue(node.condition)) ? node.yes : node.no);
      case 'match':
        return matches(yield* this.text(node.text), yield* this.pattern(node.pattern)) === node.isNegated ? 0 : 1;
      case 'unary':
        return unary(node.operator, yield* this.value(node.operand));
      case 'step':
        return yield* this.#step(node);
      case 'in':
        return this.list(node.list).has(yield* this.key(node.keys)) ? 1 : 0;
      case 'getline':
        return yield* this.#getline(node);
      case 'call':
        return yield* this.#call(node.name, node.given);
      case 'builtin':
        return yield* this.#builtin(node.name, node.given);
      default:
        throw new ToolError(`an expression of the kind ${node.kind} is not supported in this sandbox`);
    }
  }

  *store(place: Place, value: Value): Steps<void> {
    if (place.kind === 'field') this.record.setField(fieldIndex(yield* this.value(place.index)), value);
    else if (place.kind === 'element') this.list(place.list).set(yield* this.key(place.keys), value);
    else if (place.slot === undefined && place.name === 'NF') this.record.count = fieldIndex(value);
    else {
      const variable = this.variable(place);
      if (variable.value instanceof Map) throw new ToolError(`${place.name} is a list, but is used as a value`);
      variable.value = value;
    }
  }

  *#element({ list: name, keys }: Extract<Place, { kind: 'element' }>): Steps<Value> {
    const list = this.list(name);
    const key = yield* this.key(keys);
    if (!list.has(key)) list.set(key, undefined);
    return list.get(key);
  }

  *#group(items: readonly Expression[]): Steps<Value> {
    const [item] = items;
    if (item === undefined || items.length > 1) throw new ToolError('syntax error: several values in parentheses');
    return yield* this.value(item);
  }

  #binary(operator: string, left: Value, right: Value): Value {
    if (operator === ' ') return this.#joined(this.toText(left), this.toText(right));
    return arithmetic(operator, numberOf(left), numberOf(right)) ?? comparison(operator, compare(left, right, this.format('CONVFMT')));
  }

  #joined(left: string, right: string): string {
    if (left.length + right.length > this.around.longestText) {
      throw new ToolError(`string length limit exceeded (${left.length + right.length} characters)`, 126);
    }
    return left + right;
  }

  *#assign({ place, operator, value }: Extract<Expression, { kind: 'assign' }>): Steps<Value> {
    const right = yield* this.value(value);
    const result = operator === '' ? right : arithmetic(operator, yield* this.number(place), numberOf(right));
    yield* this.store(place, result);
    return result;
  }

  *#logical({ operator, left, right }: Extract<Expression, { kind: 'logical' }>): Steps<Value> {
    const first = yield* this.isTrue(left);
    if (first === (operator === '||')) return first ? 1 : 0;
    return (yield* this.isTrue(right)) ? 1 : 0;
  }

  *#step({ place, by, isPrefix }: Extract<Expression, { kind: 'step' }>): Steps<Value> {
    const before = yield* this.number(place);
    yield* this.store(place, before + by);
    return isPrefix ? before + by : before;
  }

  *#call(name: string, given: readonly Expression[]): Steps<Value> {
    if (given.length > this.around.parameterCount(name))
      throw new ToolError(`function ${name} has fewer parameters than arguments were given`);
    const variables: Variable[] = [];
    for (const node of given) variables.push(yield* this.#argument(node));
    return yield* this.around.call(name, variables);
  }

  /** A list is passed as it is. A variable without a value may become a list in the function. */
  *#argument(node: Expression): Steps<Variable> {
    if (node.kind !== 'name' || (node.slot === undefined && node.name === 'NF')) return new Variable(yield* this.value(node));
    const variable = this.variable(node);
    return variable.value === undefined ? new Variable(undefined, variable) : new Variable(variable.value);
  }

  *#builtin(name: string, given: readonly Expression[]): Steps<Value> {
    const run = BUILTIN_FUNCTIONS[name];
    if (run === undefined) throw new ToolError(`function ${name} is not supported in this sandbox`);
    return yield* run(this, given);
  }

  /** Returns 1 for a record, 0 at the end, and -1 if the file cannot be read. */
  *#getline({ place, source, isCommand }: Getline): Steps<Value> {
    const reader = source === undefined ? undefined : yield* this.#reader(yield* this.text(source), isCommand);
    if (source !== undefined && reader === undefined) return -1;
    const record = reader === undefined ? yield* this.around.nextRecord() : reader.next(this.global('RS'));
    if (record === undefined) return 0;
    if (source === undefined || isCommand) this.count('NR');
    if (source === undefined) this.count('FNR');
    if (place === undefined) this.record.set(record);
    else yield* this.store(place, inputValue(record));
    return 1;
  }

  *#reader(name: string, isCommand: boolean): Steps<RecordReader | undefined> {
    const { files } = this.around;
    return yield* awaited(isCommand ? files.openCommand(name) : files.open(name));
  }
}

function unary(operator: string, value: Value): Value {
  if (operator === '!') return isTrue(value) ? 0 : 1;
  return operator === '-' ? 0 - numberOf(value) : numberOf(value);
}

function comparison(operator: string, order: number): number {
  const results: Readonly<Record<string, boolean>> = {
    '<': order < 0,
    '<=': order <= 0,
    '==': order === 0,
    '!=': order !== 0,
    '>': order > 0,
    '>=': order >= 0,
  };
  return results[operator] ? 1 : 0;
}
