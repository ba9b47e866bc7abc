/** A value that a configuration file can contain. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A value that JSON cannot represent, and its path. */
export interface NotJson {
  /** For example `options.env.HOME`. */
  readonly path: string;
  /** For example `a function`. */
  readonly what: string;
}

export type JsonCopy = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly problem: NotJson };

/**
 * Copies a value that JSON can represent without loss, and omits undefined members. If JSON cannot represent a part of the value, returns
 * the first such part instead.
 */
export function copyJson(value: unknown, path: string): JsonCopy {
  return copy(value, { path, parents: [] });
}

interface Place {
  readonly path: string;
  readonly parents: readonly object[];
}

function copy(value: unknown, place: Place): JsonCopy {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return { ok: true, value };
  if (typeof value === 'number' && Number.isFinite(value)) return { ok: true, value };
  if (typeof value !== 'object') return refuse(value, place);
  if (place.parents.includes(value)) return { ok: false, problem: { path: place.path, what: 'a reference to its own parent' } };
  const inside = { path: place.path, parents: [...place.parents, value] };
  if (Array.isArray(value)) return copyArray(value, inside);
  return isPlain(value) ? copyRecord(value, inside) : refuse(value, place);
}

function copyArray(values: readonly unknown[], place: Place): JsonCopy {
  const copies: JsonValue[] = [];
  for (const [index, value] of values.entries()) {
    const each = copy(value, { ...place, path: `${place.path}[${index}]` });
    if (!each.ok) return each;
    copies.push(each.value);
  }
  return { ok: true, value: copies };
}

function copyRecord(record: object, place: Place): JsonCopy {
  const copies: [string, JsonValue][] = [];
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined) continue;
    const each = copy(value, { ...place, path: `${place.path}.${key}` });
    if (!each.ok) return each;
    copies.push([key, each.value]);
  }
  return { ok: true, value: Object.fromEntries(copies) };
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function refuse(value: unknown, place: Place): JsonCopy {
  return { ok: false, problem: { path: place.path, what: nameOf(value) } };
}

function nameOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) return `an instance of ${value.constructor?.name || 'an unnamed class'}`;
  return typeof value === 'number' ? `the number ${value}` : `a ${typeof value}`.replace(/^a (u)/, 'an $1');
}
