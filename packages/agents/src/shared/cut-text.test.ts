import { expect, test } from 'vitest';
import { cutLines } from './cut-text.ts';

test('only the last thousand lines are joined', () => {
  const lines = cutLines(
    Array.from({ length: 5_000 }, (_, index) => `line ${index}`),
    1_000_000,
  ).split('\n');
  expect(lines).toHaveLength(1_000);
  expect(lines[0]).toBe('line 4000');
});
