import { expect, test } from 'vitest';
import { longestBacktickRun } from './longest-backtick-run.ts';

test('the longest run of backticks is found, even in a very long text', () => {
  expect(longestBacktickRun('no code')).toBe(0);
  expect(longestBacktickRun('a ``b`` and ```` c')).toBe(4);
  expect(longestBacktickRun('` '.repeat(500_000))).toBe(1);
});
