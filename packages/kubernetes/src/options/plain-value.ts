/** A value that JSON can represent. */
export type PlainValue = null | boolean | number | string | PlainValue[] | PlainObject;
export interface PlainObject {
  [key: string]: PlainValue;
}

/**
 * Maximum number of values in a manifest. No real manifest has more values. The limit exists because YAML aliases can expand indefinitely.
 */
const MAX_VALUES = 20_000;
const MAX_DEPTH = 64;

/**
 * Copies the data that JSON can represent, so that later changes to the original have no effect on the copy. Undefined members are omitted.
 *
 * @throws {TypeError} if a value is not data, for example if it is a function. The message contains the path to the value.
 */
export function copyPlain(value: unknown): PlainValue {
  let values = 0;
  const copy = (each: unknown, path: readonly string[]): PlainValue => {
    values += 1;
    if (values > MAX_VALUES || path.length > MAX_DEPTH) throw new TypeError(`expected at most ${MAX_VALUES} values, ${MAX_DEPTH} deep`);
    if (isScalar(each)) return each;
    if (each instanceof Date) return each.toISOString();
    if (Array.isArray(each)) return each.map((item, index) => copy(item, [...path, String(index)]));
    if (!isRecord(each)) throw notData(each, path);
    const members = Object.entries(each).filter(([, member]) => member !== undefined);
    if (members.some(([key]) => key === '__proto__')) throw new TypeError(`${path.join('.')}: expected no member named __proto__`);
    return Object.fromEntries(members.map(([key, member]) => [key, copy(member, [...path, key])]));
  };
  return copy(value, []);
}

function isScalar(value: unknown): value is null | boolean | string | number {
  return value === null || typeof value === 'boolean' || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
}

/** Returns true for an object that may be data. This includes instances of classes, because the client library's types are classes. */
function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Map || value instanceof Set || ArrayBuffer.isView(value));
}

export function isPlainObject(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notData(value: unknown, path: readonly string[]): TypeError {
  const kind = typeof value === 'object' ? `an instance of ${value?.constructor?.name}` : `a ${typeof value}`;
  return new TypeError(`${path.join('.') || 'the value'}: expected data, given ${kind}`);
}
