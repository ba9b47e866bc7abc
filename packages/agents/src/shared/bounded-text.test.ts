import { expect, test } from 'vitest';
import { BoundedText } from './bounded-text.ts';
import { cutText } from './cut-text.ts';

test('keeps everything up to the limit', () => {
  const text = new BoundedText(10);
  text.push('01234');
  text.push('56789');
  expect(String(text)).toBe('0123456789');
});

test('agrees with a cut of the whole text, however it arrives', () => {
  const whole = Array.from({ length: 500 }, (_, index) => String(index)).join(',');
  for (const max of [1, 2, 9, 100, 5_000]) {
    for (const size of [1, 3, 64, 1_000]) {
      const text = new BoundedText(max);
      for (let at = 0; at < whole.length; at += size) {
        text.push(whole.slice(at, at + size));
        expect(String(text)).toBe(cutText(whole.slice(0, at + size), max));
      }
    }
  }
});
