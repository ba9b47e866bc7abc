import { expect, test } from 'vitest';
import { BoundedText } from './bounded-text.ts';
import { cutText } from './cut-text.ts';

test('keeps everything up to the limit', () => {
  const text = new BoundedText(10);
  text.push('01234');
  text.push('56789');
  expect(String(text)).toBe('0123456789');
});

test('keeps the first and the last characters and counts the rest, in pieces of any size', () => {
  const whole = Array.from({ length: 500 }, (_, index) => String(index)).join(',');
  for (const max of [1, 2, 9, 100, 5_000]) {
    for (const size of [1, 3, 64, 1_000]) {
      const text = new BoundedText(max);
      for (let at = 0; at < whole.length; at += size) {
        text.push(whole.slice(at, at + size));
        const arrived = whole.slice(0, at + size);
        expect(String(text)).toBe(headAndTail(arrived, max));
        expect(cutText(arrived, max)).toBe(headAndTail(arrived, max));
      }
    }
  }
});

function headAndTail(text: string, max: number): string {
  if (text.length <= max) return text;
  const tailLength = Math.floor(max / 2);
  const head = text.slice(0, max - tailLength);
  return `${head}\n[... ${text.length - max} characters omitted ...]\n${text.slice(text.length - tailLength)}`;
}

test('a text can be longer than a string can be', () => {
  const text = new BoundedText(10);
  const piece = 'x'.repeat(1024 * 1024);
  for (let count = 0; count < 600; count += 1) text.push(piece);
  expect(String(text)).toBe(`xxxxx\n[... ${600 * piece.length - 10} characters omitted ...]\nxxxxx`);
});
