import { isBoxed, isDate, isError, isMap, isRegExp, isSet } from 'sandpod:inspect-kinds';

const apply = Reflect.apply;
const { propertyIsEnumerable } = Object.prototype;

/** Node's deep equality; `isStrict` compares prototypes and never converts. */
export function isDeepEqual(left, right, isStrict = true, seen = []) {
  if (isStrict ? Object.is(left, right) : left == right || (left !== left && right !== right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (isStrict && Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  if (seen.some(([one, other]) => one === left && other === right)) return true;
  return sameValue(left, right) && sameContent(left, right, isStrict, [...seen, [left, right]]);
}

function sameValue(left, right) {
  if (Array.isArray(left) !== Array.isArray(right) || isMap(left) !== isMap(right) || isSet(left) !== isSet(right)) return false;
  if (isDate(left) || isDate(right)) return isDate(left) && isDate(right) && left.getTime() === right.getTime();
  if (isRegExp(left) || isRegExp(right)) return isRegExp(left) && isRegExp(right) && String(left) === String(right) && left.lastIndex === right.lastIndex;
  if (isError(left) || isError(right)) return isError(left) && isError(right) && left.message === right.message && left.name === right.name;
  if (isBoxed(left) || isBoxed(right)) return isBoxed(left) && isBoxed(right) && Object.is(left.valueOf(), right.valueOf());
  return !ArrayBuffer.isView(left) || left.byteLength === right.byteLength;
}

function sameContent(left, right, isStrict, seen) {
  const same = (one, other) => isDeepEqual(one, other, isStrict, seen);
  if (isMap(left) && !sameMap(left, right, same)) return false;
  if (isSet(left) && !sameSet(left, right, same)) return false;
  if (Array.isArray(left) && left.length !== right.length) return false;
  const keys = ownKeys(left);
  return keys.length === ownKeys(right).length && keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]));
}

function ownKeys(value) {
  return [...Object.keys(value), ...Object.getOwnPropertySymbols(value).filter((symbol) => apply(propertyIsEnumerable, value, [symbol]))];
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
