import { ToolError } from '../tool-options.ts';
import type { Evaluator } from './evaluator.ts';
import { patternOf, splitText } from './record.ts';
import { awaited, type Steps } from './steps.ts';
import { charactersOf } from './texts.ts';
import type { Expression, Place } from './tree.ts';
import { inputValue, isTrue, numberOf, type Value } from './values.ts';

type Builtin = (evaluator: Evaluator, given: readonly Expression[]) => Steps<Value>;

const RECORD: Place = { kind: 'field', index: { kind: 'constant', value: 0 } };

/** The built-in functions of awk. They evaluate their arguments themselves, because some arguments are patterns, lists or places. */
export const BUILTIN_FUNCTIONS: Readonly<Record<string, Builtin>> = {
  *length(evaluator, [node = RECORD]) {
    if (node.kind === 'name') {
      const list = evaluator.listIfAny(node);
      if (list !== undefined) return list.size;
    }
    return charactersOf(yield* evaluator.text(node)).length;
  },
  *substr(evaluator, given) {
    const [text, start, length] = yield* evaluated(evaluator, { name: 'substr', given, least: 2 });
    const characters = charactersOf(evaluator.toText(text));
    const from = roundHalfEven(numberOf(start));
    const end = length === undefined && given.length < 3 ? Number.POSITIVE_INFINITY : from + roundHalfEven(numberOf(length));
    if (Number.isNaN(from) || Number.isNaN(end)) return '';
    const part = characters.slice(Math.max(from, 1) - 1, Math.max(Math.min(end - 1, characters.length), 0));
    return typeof part === 'string' ? part : part.join('');
  },
  *index(evaluator, given) {
    const [text, part] = yield* evaluated(evaluator, { name: 'index', given, least: 2 });
    const whole = evaluator.toText(text);
    const found = whole.indexOf(evaluator.toText(part));
    return found < 0 ? 0 : charactersOf(whole.slice(0, found)).length + 1;
  },
  *split(evaluator, given) {
    const [text, list, separator] = given;
    if (text === undefined || list?.kind !== 'name' || given.length > 3)
      throw new ToolError('split needs a text, a list and, optionally, a separator');
    const whole = yield* evaluator.text(text);
    const isRegex = separator?.kind === 'regex';
    const by = separator === undefined ? evaluator.global('FS') : yield* evaluator.pattern(separator);
    const target = evaluator.list(list);
    target.clear();
    for (const [index, part] of splitText(whole, by, isRegex).entries()) target.set(String(index + 1), inputValue(part));
    return target.size;
  },
  sub: (evaluator, given) => substitute(evaluator, given, false),
  gsub: (evaluator, given) => substitute(evaluator, given, true),
  *gensub(evaluator, given) {
    const [pattern, replacement, how, target = RECORD] = given;
    if (pattern === undefined || replacement === undefined || how === undefined) throw new ToolError('gensub needs three arguments');
    const found = patternOf(yield* evaluator.pattern(pattern));
    const text = yield* evaluator.text(replacement);
    const which = yield* evaluator.text(how);
    const wanted = /^[gG]/.test(which) ? undefined : Math.max(1, Math.trunc(numberOf(which)));
    let count = 0;
    return (yield* evaluator.text(target)).replace(found, (whole: string, ...parts: unknown[]) => {
      count += 1;
      if (wanted !== undefined && count !== wanted) return whole;
      return text.replace(/\\([0-9&\\])|&/g, (mark: string, code: string | undefined) => {
        if (code === undefined || code === '0') return whole;
        return /\d/.test(code) ? String(parts[Number(code) - 1] ?? '') : mark.slice(1);
      });
    });
  },
  *match(evaluator, given) {
    const [text, pattern] = given;
    if (text === undefined || pattern === undefined || given.length > 2) throw new ToolError('match needs a text and a pattern');
    const whole = yield* evaluator.text(text);
    const found = patternOf(yield* evaluator.pattern(pattern)).exec(whole);
    const start = found === null ? 0 : charactersOf(whole.slice(0, found.index)).length + 1;
    evaluator.setGlobal('RSTART', start);
    evaluator.setGlobal('RLENGTH', found === null ? -1 : charactersOf(found[0]).length);
    return start;
  },
  *sprintf(evaluator, given) {
    return evaluator.formatted(yield* evaluated(evaluator, { name: 'sprintf', given, least: 1 }));
  },
  *tolower(evaluator, given) {
    const [text] = yield* evaluated(evaluator, { name: 'tolower', given, least: 1 });
    return evaluator.toText(text).toLowerCase();
  },
  *toupper(evaluator, given) {
    const [text] = yield* evaluated(evaluator, { name: 'toupper', given, least: 1 });
    return evaluator.toText(text).toUpperCase();
  },
  *system(evaluator, given) {
    const [line] = yield* evaluated(evaluator, { name: 'system', given, least: 1 });
    return yield* awaited(evaluator.around.files.system(evaluator.toText(line)));
  },
  *close(evaluator, given) {
    const [name] = yield* evaluated(evaluator, { name: 'close', given, least: 1 });
    return yield* awaited(evaluator.around.files.close(evaluator.toText(name)));
  },
  *fflush(evaluator) {
    yield* awaited(evaluator.around.files.flush());
    return 0;
  },
  *srand(evaluator, given) {
    const [seed] = yield* evaluator.values(given);
    return evaluator.random.seed(given.length === 0 ? Math.floor(Date.now() / 1000) : numberOf(seed));
  },
  *strftime(evaluator, given) {
    const [format = '%a %b %e %H:%M:%S %Z %Y', time = Math.floor(Date.now() / 1000), isUtc] = yield* evaluator.values(given);
    const quoted = `'+${evaluator.toText(format).replaceAll("'", "'\\''")}'`;
    const line = `${isTrue(isUtc) ? 'TZ=UTC ' : ''}date -d @${Math.trunc(numberOf(time))} ${quoted}`;
    return (yield* awaited(evaluator.around.files.outputOf(line))).replace(/\n$/, '');
  },
  rand: (evaluator) => constant(evaluator.random.next()),
  systime: () => constant(Math.floor(Date.now() / 1000)),
  int: (evaluator, given) => calculate(evaluator, given, (number) => Math.trunc(number) + 0),
  sqrt: (evaluator, given) => calculate(evaluator, given, Math.sqrt),
  exp: (evaluator, given) => calculate(evaluator, given, Math.exp),
  log: (evaluator, given) => calculate(evaluator, given, Math.log),
  sin: (evaluator, given) => calculate(evaluator, given, Math.sin),
  cos: (evaluator, given) => calculate(evaluator, given, Math.cos),
  *atan2(evaluator, given) {
    const [y, x] = yield* evaluated(evaluator, { name: 'atan2', given, least: 2 });
    return Math.atan2(numberOf(y), numberOf(x));
  },
};

// biome-ignore lint/correctness/useYield: a value that needs no waiting.
function* constant(value: Value): Steps<Value> {
  return value;
}

function* evaluated(
  evaluator: Evaluator,
  { name, given, least }: { readonly name: string; readonly given: readonly Expression[]; readonly least: number },
): Steps<Value[]> {
  if (given.length < least) throw new ToolError(`${name} needs ${least} arguments`);
  return yield* evaluator.values(given);
}

function* calculate(evaluator: Evaluator, given: readonly Expression[], result: (number: number) => number): Steps<Value> {
  const [value] = yield* evaluator.values(given.length === 0 ? [RECORD] : given);
  return result(numberOf(value));
}

function roundHalfEven(number: number): number {
  const rounded = Math.round(number);
  return Math.abs(number % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

function* substitute(evaluator: Evaluator, given: readonly Expression[], isGlobal: boolean): Steps<Value> {
  const [pattern, replacement, target = RECORD] = given;
  if (pattern === undefined || replacement === undefined) throw new ToolError('sub and gsub need a pattern and a replacement');
  const found = patternOf(yield* evaluator.pattern(pattern));
  const parts = (yield* evaluator.text(replacement)).split(/(\\\\&|\\&|&)/);
  const before = yield* evaluator.text(target);
  let count = 0;
  const after = before.replace(found, (whole: string) => {
    if (!isGlobal && count > 0) return whole;
    count += 1;
    return parts.map((part) => substituted(part, whole)).join('');
  });
  if (count > 0 && target.kind !== 'constant') yield* evaluator.store(placeOf(target), after);
  return count;
}

function substituted(part: string, whole: string): string {
  if (part === '&') return whole;
  if (part === '\\&') return '&';
  return part === '\\\\&' ? `\\${whole}` : part;
}

function placeOf(node: Expression): Place {
  if (node.kind === 'name' || node.kind === 'element' || node.kind === 'field') return node;
  throw new ToolError('the third argument of sub and gsub must be a variable or a field');
}
