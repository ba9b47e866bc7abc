import { expect, test } from 'vitest';
import { LauncherLost } from './launcher-failure.ts';
import { parseRunEnding } from './run-ending.ts';

test('an answer has the exit code, and whether a limit was reached', () => {
  expect(parseRunEnding('3 0 0')).toEqual({ exitCode: 3, isExpired: false, isOutOfMemory: false });
  expect(parseRunEnding('143 1 0')).toMatchObject({ isExpired: true });
  expect(parseRunEnding('137 0 2')).toMatchObject({ exitCode: 137, isOutOfMemory: true });
});

test('an exit code that is missing or odd is never guessed', () => {
  const odd = [
    '',
    '0',
    '0 0',
    ' 0 0',
    'x 0 0',
    '-1 0 0',
    '256 0 0',
    '1000 0 0',
    '0x1 0 0',
    '0 2 0',
    '0 0 x',
    '0 0 0 0',
    '0  0',
    `0 0 ${'9'.repeat(99)}`,
  ];
  for (const answer of odd) {
    expect(() => parseRunEnding(answer), answer).toThrow(LauncherLost);
  }
});
