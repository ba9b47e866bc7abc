import { expect, test } from 'vitest';
import { LinearSearch } from './linear-search.ts';

test('finds what indexOf finds, for any text and pattern of few letters', () => {
  let state = 7;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const word = (length: number): string => Array.from({ length }, () => 'ab'.charAt(next(2))).join('');
  for (let round = 0; round < 2_000; round += 1) {
    const text = word(next(200));
    const pattern = word(next(20));
    const start = next(20);
    expect(new LinearSearch(pattern).find(text)).toBe(text.indexOf(pattern));
    const found = new LinearSearch(pattern).find(text, { start, end: start + 10 });
    const expected = start > text.length ? -1 : text.indexOf(pattern, start);
    expect(found).toBe(expected <= start + 10 ? expected : -1);
  }
});

test('takes time in proportion to the length of the text', () => {
  const text = 'a'.repeat(2_000_000);
  for (const pattern of [`${'a'.repeat(200_000)}b${'a'.repeat(200_000)}`, `${'a'.repeat(400_000)}b`, `b${'a'.repeat(400_000)}`]) {
    const startMs = performance.now();
    expect(new LinearSearch(pattern).find(text)).toBe(-1);
    expect(performance.now() - startMs).toBeLessThan(3_000);
  }
});
