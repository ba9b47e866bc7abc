import type { ToolRun } from '../tool.ts';
import { ToolError } from '../tool-options.ts';
import { Evaluator } from './evaluator.ts';
import { AwkFiles } from './files.ts';
import { MainInput } from './main-input.ts';
import { awaited, type Steps } from './steps.ts';
import type { AwkProgram, Expression, Rule, Statement } from './tree.ts';
import type { Value } from './values.ts';
import { Variable } from './variables.ts';

/** How a statement ended, if not at its end. */
type Ending = 'break' | 'continue' | 'next' | 'nextfile' | 'exit' | 'return' | undefined;

/** Carries `next` and `exit` out of a function. */
class Leap extends Error {
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(`${ending} is not allowed here`);
    this.ending = ending;
  }
}

/** Runs a program. */
export class AwkMachine {
  readonly evaluator: Evaluator;
  readonly #program: AwkProgram;
  readonly #files: AwkFiles;
  readonly #input: MainInput;
  /** The rules with two patterns whose current range has not ended. */
  readonly #open = new Set<Rule>();
  #exitCode = 0;
  #returned: Value;

  constructor(program: AwkProgram, tool: ToolRun) {
    this.#program = program;
    this.#files = new AwkFiles(tool);
    this.evaluator = new Evaluator({
      files: this.#files,
      longestText: tool.shell.limits.maxStringLength,
      nextRecord: () => this.#input.next(),
      call: (name, given) => this.#call(name, given),
      parameterCount: (name) => this.#program.functions.get(name)?.parameters.length ?? 0,
    });
    this.#input = new MainInput(tool, this.evaluator);
  }

  /** Runs the whole program. Returns its exit code. */
  *run(): Steps<number> {
    try {
      yield* this.#everything();
    } finally {
      yield* awaited(this.#files.closeAll());
    }
    return this.#exitCode;
  }

  *#everything(): Steps<void> {
    const { begin, rules, end } = this.#program;
    const hasExited = (yield* this.#all(begin)) === 'exit';
    if (!hasExited && rules.length + end.length > 0) yield* this.#records();
    // `exit` in BEGIN or in a rule still runs END, and `exit` in END ends the program.
    yield* this.#all(end);
  }

  *#all(actions: readonly Statement[]): Steps<Ending> {
    for (const action of actions) {
      const ending = yield* this.#action(action);
      if (ending === 'exit') return 'exit';
    }
    return undefined;
  }

  *#records(): Steps<Ending> {
    const { evaluator } = this;
    for (let record = yield* this.#input.next(); record !== undefined; record = yield* this.#input.next()) {
      evaluator.count('NR');
      evaluator.count('FNR');
      evaluator.record.set(record);
      const ending = yield* this.#rules();
      if (ending === 'exit') return 'exit';
      if (ending === 'nextfile') this.#input.skipFile();
    }
    return undefined;
  }

  *#rules(): Steps<Ending> {
    for (const rule of this.#program.rules) {
      if (!(yield* this.#applies(rule))) continue;
      const ending = rule.body === undefined ? this.#printRecord() : yield* this.#action(rule.body);
      if (ending !== undefined) return ending;
    }
    return undefined;
  }

  *#applies(rule: Rule): Steps<boolean> {
    const [first, last] = rule.patterns;
    if (first === undefined) return true;
    if (last === undefined) return yield* this.evaluator.isTrue(first);
    if (!this.#open.has(rule) && !(yield* this.evaluator.isTrue(first))) return false;
    if (yield* this.evaluator.isTrue(last)) this.#open.delete(rule);
    else this.#open.add(rule);
    return true;
  }

  *#action(body: Statement): Steps<Ending> {
    try {
      return yield* this.#statement(body);
    } catch (error) {
      if (error instanceof Leap) return error.ending;
      throw error;
    }
  }

  #printRecord(): undefined {
    this.#files.print(this.evaluator.record.text + this.evaluator.global('ORS'));
  }

  *#statement(statement: Statement): Steps<Ending> {
    switch (statement.kind) {
      case 'expression':
        yield* this.evaluator.value(statement.value);
        return undefined;
      case 'print':
        yield* this.#print(statement);
        return undefined;
      case 'if':
        if (yield* this.evaluator.isTrue(statement.condition)) return yield* this.#statement(statement.yes);
        return statement.no === undefined ? undefined : yield* this.#statement(statement.no);
      case 'block':
        return yield* this.#block(statement.body);
      case 'for':
        return yield* this.#for(statement);
      case 'for-in':
        return yield* this.#forIn(statement);
      case 'delete':
        yield* this.#delete(statement);
        return undefined;
      case 'exit':
        if (statement.value !== undefined) this.#exitCode = Math.trunc(yield* this.evaluator.number(statement.value)) & 255;
        return 'exit';
      case 'return':
        this.#returned = statement.value === undefined ? undefined : yield* this.evaluator.value(statement.value);
        return 'return';
      default:
        return statement.kind;
    }
  }

  *#block(body: readonly Statement[]): Steps<Ending> {
    for (const statement of body) {
      const ending = yield* this.#statement(statement);
      if (ending !== undefined) return ending;
    }
    return undefined;
  }

  *#for({ start, condition, step, body, isFirstFree }: Extract<Statement, { kind: 'for' }>): Steps<Ending> {
    if (start !== undefined) yield* this.#statement(start);
    let isFree = isFirstFree;
    while (isFree || condition === undefined || (yield* this.evaluator.isTrue(condition))) {
      isFree = false;
      const ending = yield* this.#loopBody(body);
      if (ending !== undefined) return ending === 'break' ? undefined : ending;
      if (step !== undefined) yield* this.#statement(step);
    }
    return undefined;
  }

  *#forIn({ place, list, body }: Extract<Statement, { kind: 'for-in' }>): Steps<Ending> {
    for (const key of [...this.evaluator.list(list).keys()]) {
      yield* this.evaluator.store(place, key);
      const ending = yield* this.#loopBody(body);
      if (ending !== undefined) return ending === 'break' ? undefined : ending;
    }
    return undefined;
  }

  *#loopBody(body: Statement): Steps<Ending> {
    const ending = yield* this.#statement(body);
    return ending === 'continue' ? undefined : ending;
  }

  *#delete({ list, keys }: Extract<Statement, { kind: 'delete' }>): Steps<void> {
    const target = this.evaluator.list(list);
    if (keys === undefined) target.clear();
    else target.delete(yield* this.evaluator.key(keys));
  }

  *#print({ isFormat, items, to }: Extract<Statement, { kind: 'print' }>): Steps<void> {
    const text = isFormat ? this.evaluator.formatted(yield* this.evaluator.values(items)) : yield* this.#joined(items);
    if (to === undefined) this.#files.print(text);
    else this.#files.print(text, { mode: to.mode, name: yield* this.evaluator.text(to.target) });
  }

  *#joined(items: readonly Expression[]): Steps<string> {
    const { evaluator } = this;
    if (items.length === 0) return evaluator.record.text + evaluator.global('ORS');
    const values = yield* evaluator.values(items);
    return values.map((value) => evaluator.toPrinted(value)).join(evaluator.global('OFS')) + evaluator.global('ORS');
  }

  *#call(name: string, given: readonly Variable[]): Steps<Value> {
    const called = this.#program.functions.get(name);
    if (called === undefined) throw new ToolError(`function ${name} is not defined`);
    const { evaluator } = this;
    const outer = evaluator.frame;
    evaluator.frame = called.parameters.map((_, index) => given[index] ?? new Variable());
    this.#returned = undefined;
    const ending = yield* this.#statement(called.body);
    evaluator.frame = outer;
    if (ending !== undefined && ending !== 'return') throw new Leap(ending);
    return ending === 'return' ? this.#returned : undefined;
  }
}
