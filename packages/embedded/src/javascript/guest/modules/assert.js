import { codedError } from '../host.js';
import { inspect } from '../inspect/inspect.js';
import { isDeepEqual, isLooselyEqual } from '../internals/deep-equal.js';

export class AssertionError extends Error {
  constructor({ message, actual, expected, operator }) {
    super(message);
    this.name = 'AssertionError';
    this.code = 'ERR_ASSERTION';
    this.generatedMessage = false;
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
    Object.defineProperty(this, 'stack', { value: this.stack.replace(/^Error/, 'AssertionError'), writable: true, configurable: true });
  }
}

function fail({ message, text, actual, expected, operator }) {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message: message ?? text, actual, expected, operator });
}

function comparison(operator, title, test) {
  return (actual, expected, message) => {
    if (test(actual, expected)) return;
    const details =
      operator.startsWith('not') || operator === '!=' ? ` ${inspect(expected)}` : `\n\n${inspect(actual)} !== ${inspect(expected)}\n`;
    fail({ message, text: `${title}${details}`, actual, expected, operator });
  };
}

function ok(value, message) {
  if (!value)
    fail({ message, text: `The expression evaluated to a falsy value: ${inspect(value)}`, actual: value, expected: true, operator: '==' });
}

function matchesPattern(error, { expected, message }) {
  const text = String(error);
  if (expected.test(text)) return;
  const explained = `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`;
  fail({ message, text: explained, actual: error, expected, operator: 'throws' });
}

/** Checks an error. `expected` is a class that the error must be an instance of, or a function that validates the error. */
function matchesFunction(error, { expected, message }) {
  if (expected.prototype !== undefined && error instanceof expected) return;
  if (expected.prototype instanceof Error || expected === Error) throw error;
  if (expected.call({}, error) === true) return;
  fail({ message, text: 'The validation function is expected to return "true".', actual: error, expected, operator: 'throws' });
}

function matchesProperties(error, { expected, message }) {
  for (const key of Object.keys(expected)) {
    const isPattern = expected[key] instanceof RegExp && typeof error[key] === 'string';
    if (isPattern ? expected[key].test(error[key]) : isDeepEqual(error[key], expected[key])) continue;
    const text = `Expected values to be strictly deep-equal: ${key}: ${inspect(error[key])} !== ${inspect(expected[key])}`;
    fail({ message, text, actual: error, expected, operator: 'throws' });
  }
}

function matches(error, expected, message) {
  if (expected === undefined) return;
  if (expected instanceof RegExp) matchesPattern(error, { expected, message });
  else if (typeof expected === 'function') matchesFunction(error, { expected, message });
  else matchesProperties(error, { expected, message });
}

function throws(run, expected, message) {
  const text = typeof expected === 'string' ? expected : message;
  try {
    run();
  } catch (error) {
    matches(error, typeof expected === 'string' ? undefined : expected, text);
    return;
  }
  fail({ message: text, text: 'Missing expected exception.', operator: 'throws' });
}

async function rejects(promiseOrRun, expected, message) {
  const text = typeof expected === 'string' ? expected : message;
  try {
    await (typeof promiseOrRun === 'function' ? promiseOrRun() : promiseOrRun);
  } catch (error) {
    matches(error, typeof expected === 'string' ? undefined : expected, text);
    return;
  }
  fail({ message: text, text: 'Missing expected rejection.', operator: 'rejects' });
}

function doesNotThrow(run, message) {
  try {
    run();
  } catch (error) {
    fail({
      message: typeof message === 'string' ? message : undefined,
      text: `Got unwanted exception.\nActual message: "${error?.message}"`,
      actual: error,
      operator: 'doesNotThrow',
    });
  }
}

function match(text, pattern, message) {
  if (typeof text === 'string' && pattern.test(text)) return;
  fail({
    message,
    text: `The input did not match the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`,
    actual: text,
    expected: pattern,
    operator: 'match',
  });
}

export function assert(value, message) {
  ok(value, message);
}

const loose = {
  equal: comparison('==', 'Expected values to be loosely equal:', isLooselyEqual),
  notEqual: comparison('!=', 'Expected "actual" to be loosely unequal to:', (left, right) => !isLooselyEqual(left, right)),
  deepEqual: comparison('deepEqual', 'Expected values to be loosely deep-equal:', (left, right) => isDeepEqual(left, right, false)),
  notDeepEqual: comparison(
    'notDeepEqual',
    'Expected "actual" not to be loosely deep-equal to:',
    (left, right) => !isDeepEqual(left, right, false),
  ),
};
const strict = {
  strictEqual: comparison('strictEqual', 'Expected values to be strictly equal:', Object.is),
  notStrictEqual: comparison('notStrictEqual', 'Expected "actual" to be strictly unequal to:', (left, right) => !Object.is(left, right)),
  deepStrictEqual: comparison('deepStrictEqual', 'Expected values to be strictly deep-equal:', (left, right) => isDeepEqual(left, right)),
  notDeepStrictEqual: comparison(
    'notDeepStrictEqual',
    'Expected "actual" not to be strictly deep-equal to:',
    (left, right) => !isDeepEqual(left, right),
  ),
};
const shared = {
  ok,
  throws,
  rejects,
  doesNotThrow,
  match,
  doesNotMatch: (text, pattern, message) =>
    pattern.test(text) &&
    fail({
      message,
      text: `The input was expected to not match the regular expression ${inspect(pattern)}.`,
      actual: text,
      expected: pattern,
      operator: 'doesNotMatch',
    }),
  fail: (message = 'Failed') => fail({ message, operator: 'fail' }),
  ifError: (value) => {
    if (value !== null && value !== undefined) throw value;
  },
  AssertionError,
};

export const strictAssert = Object.assign((value, message) => ok(value, message), shared, strict, {
  equal: strict.strictEqual,
  notEqual: strict.notStrictEqual,
  deepEqual: strict.deepStrictEqual,
  notDeepEqual: strict.notDeepStrictEqual,
});
strictAssert.strict = strictAssert;
Object.assign(assert, shared, loose, strict, { strict: strictAssert, partialDeepStrictEqual: refusePartial });

function refusePartial() {
  throw codedError(Error, 'ERR_SANDBOX', 'assert.partialDeepStrictEqual is not available in the sandbox');
}
