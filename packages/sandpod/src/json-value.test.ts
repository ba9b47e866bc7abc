import { expect, test } from 'vitest';
import { copyJson } from './json-value.ts';

test('copies JSON values, and omits undefined members', () => {
  const value = { a: [1, 'two', null, true, { b: -0.5 }], c: undefined, d: {} };
  const copied = copyJson(value, 'options');
  expect(copied).toEqual({ ok: true, value: { a: [1, 'two', null, true, { b: -0.5 }], d: {} } });
  value.a.length = 0;
  expect(copied).toMatchObject({ value: { a: { length: 5 } } });
});

test('a value that appears twice is not a cycle', () => {
  const shared = { x: 1 };
  expect(copyJson([shared, shared], 'options')).toEqual({ ok: true, value: [{ x: 1 }, { x: 1 }] });
});

const cycle: { self?: unknown } = {};
cycle.self = cycle;

test.each([
  [{ onProgress: () => {} }, 'options.onProgress', 'a function'],
  [{ languages: [{ prepare: () => '' }] }, 'options.languages[0].prepare', 'a function'],
  [{ abortSignal: new AbortController().signal }, 'options.abortSignal', 'an instance of AbortSignal'],
  [{ at: new Date(0) }, 'options.at', 'an instance of Date'],
  [{ bytes: new Uint8Array(1) }, 'options.bytes', 'an instance of Uint8Array'],
  [{ list: [undefined] }, 'options.list[0]', 'an undefined'],
  [{ big: 1n }, 'options.big', 'a bigint'],
  [{ timeoutMs: Number.POSITIVE_INFINITY }, 'options.timeoutMs', 'the number Infinity'],
  [cycle, 'options.self', 'a reference to its own parent'],
])('reports a value that JSON cannot represent: %o', (value, path, what) => {
  expect(copyJson(value, 'options')).toEqual({ ok: false, problem: { path, what } });
});

test('a key named __proto__ stays a key', () => {
  const copied = copyJson(JSON.parse('{"__proto__": {"polluted": true}}'), 'options');
  expect(copied.ok && Object.keys(copied.value as object)).toEqual(['__proto__']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});
