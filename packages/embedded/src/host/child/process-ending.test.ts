import { expect, test } from 'vitest';
import { endingOf } from './process-ending.ts';

test.each([
  undefined,
  null,
  5,
  'exit',
  [],
  {},
  { exitCode: Number.NaN },
  { exitCode: '0' },
  { exitCode: 1.5 },
  { exitCode: null },
  JSON.parse('{"__proto__":{"exitCode":0}}'),
])('an exit of a hostile worker without an exit code is never ok: %j', (exit) => {
  expect(endingOf(exit)).toMatchObject({ kind: 'lost', outcome: 'session-lost' });
});

test('an exit code of a hostile worker has eight bits, and its reason is short', () => {
  expect(endingOf({ exitCode: -1 })).toEqual({ kind: 'exit', exitCode: 255 });
  expect(endingOf({ exitCode: 2 ** 53, reason: 5 })).toEqual({ kind: 'exit', exitCode: 0 });
  expect(endingOf({ exitCode: 1, reason: 'x'.repeat(5_000) })).toEqual({ kind: 'exit', exitCode: 1, reason: 'x'.repeat(1_000) });
  expect(endingOf({ exitCode: 0, limit: 'memory' })).toMatchObject({ outcome: 'memory-limit' });
});
