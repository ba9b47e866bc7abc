import { isBoxed, isDate, isError, isMap, isRegExp, isSet } from './type-checks.js';

const isEnumerable = (value, key) => Object.getOwnPropertyDescriptor(value, key).enumerable;

/** Compares with `==`, except that NaN equals NaN. */
export function isLooselyEqual(left, right) {
  // biome-ignore lint/suspicious/noDoubleEquals: loose equality is what this is for
  return left == right || (Number.isNaN(left) && Number.isNaN(right));
}

/** Compares deeply, as Node does. If `isStrict` is true, prototypes must be equal and no value is converted. */
export function isDeepEqual(left, right, isStrict = true) {
  return new Comparison(isStrict).same(left, right);
}

class Comparison {
  #isStrict;
  /** The pairs that are being compared. If a pair occurs again, there is a cycle. */
  #open = [];

  constructor(isStrict) {
    this.#isStrict = isStrict;
  }

  same = (left, right) => {
    if (this.#isStrict ? Object.is(left, right) : isLooselyEqual(left, right)) return true;
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
    if (this.#isStrict && Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
    if (this.#open.some(([one, other]) => one === left && other === right)) return true;
    this.#open.push([left, right]);
    try {
      return sameValue(left, right) && sameContent(left, right, this.same);
    } finally {
      this.#open.pop();
    }
  };
}

function sameValue(left, right) {
  if (Array.isArray(left) !== Array.isArray(right) || isMap(left) !== isMap(right) || isSet(left) !== isSet(right)) return false;
  if (isDate(left) || isDate(right)) return isDate(left) && isDate(right) && left.getTime() === right.getTime();
  if (isRegExp(left) || isRegExp(right))
    return isRegExp(left) && isRegExp(right) && String(left) === String(right) && left.lastIndex === right.lastIndex;
  if (isError(left) || isError(right)) return isError(left) && isError(right) && left.message === right.message && left.name === right.name;
  if (isBoxed(left) || isBoxed(right)) return isBoxed(left) && isBoxed(right) && Object.is(left.valueOf(), right.valueOf());
  return !ArrayBuffer.isView(left) || left.byteLength === right.byteLength;
}

function sameContent(left, right, same) {
  if (isMap(left) && !sameMap(left, right, same)) return false;
  if (isSet(left) && !sameSet(left, right, same)) return false;
  if (Array.isArray(left) && left.length !== right.length) return false;
  const keys = ownKeys(left);
  return keys.length === ownKeys(right).length && keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]));
}

function ownKeys(value) {
  return [...Object.keys(value), ...Object.getOwnPropertySymbols(value).filter((symbol) => isEnumerable(value, symbol))];
}

function sameMap(left, right, same) {
  if (left.size !== right.size) return false;
  const rest = new Map(right);
  for (const [key, value] of left) {
    const match = rest.has(key) ? key : [...rest.keys()].find((other) => typeof key === 'object' && same(key, other));
    if (!rest.has(match) || !same(value, rest.get(match))) return false;
    rest.delete(match);
  }
  return true;
}

function sameSet(left, right, same) {
  if (left.size !== right.size) return false;
  const rest = new Set(right);
  for (const value of left) {
    const match = rest.has(value) ? value : [...rest].find((other) => typeof value === 'object' && same(value, other));
    if (!rest.has(match)) return false;
    rest.delete(match);
  }
  return true;
}
