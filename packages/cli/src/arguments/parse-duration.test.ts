import { expect, test } from 'vitest';
import { parseDuration } from './parse-duration.ts';

test.each([
  ['90', 90_000],
  ['1.5', 1_500],
  ['.5', 500],
  ['500ms', 500],
  ['30s', 30_000],
  ['2m', 120_000],
  ['1h', 3_600_000],
  [' 2m ', 120_000],
])('%s is %d ms', (text, expected) => {
  expect(parseDuration(text, '--timeout')).toBe(expected);
});

test.each(['', '0', '0ms', '-1', '2 m', '2d', '1e3', 'NaN', 'Infinity', '0x10', '600h', '5m30s', '0.0001ms'])(
  '%j is rejected, and the message says what was expected and given',
  (text) => {
    expect(() => parseDuration(text, '--timeout')).toThrow(`--timeout expects a time above zero`);
    expect(() => parseDuration(text, '--timeout')).toThrow(JSON.stringify(text));
  },
);
