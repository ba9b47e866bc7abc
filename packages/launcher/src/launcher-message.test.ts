import { expect, test } from 'vitest';
import { encodeFrames, encodeItem, isSmallText } from './launcher-message.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test('an item is one line', () => {
  expect(text(encodeItem('a b'))).toBe('=a b\n');
  expect(text(encodeItem(''))).toBe('=\n');
});

test('each newline of an item is the end of a line of its own', () => {
  expect(text(encodeItem('a\n\nb'))).toBe('+a\n+\n=b\n');
  expect(text(encodeItem('a\n'))).toBe('+a\n=\n');
  expect(text(encodeItem('\n'))).toBe('+\n=\n');
});

test('nothing in an item can be taken for the beginning of another one', () => {
  expect(text(encodeItem('=\n#3\n+'))).toBe('+=\n+#3\n=+\n');
});

test('a long item is counted in bytes, not characters', () => {
  const long = 'é'.repeat(2_000);
  expect(text(encodeItem(long))).toBe(`#4000\n${long}`);
});

test('NUL is refused', () => {
  expect(() => encodeItem('a\0b')).toThrow('without NUL');
});

test('content is cut into frames that carry their sizes', () => {
  const content = Buffer.alloc(2 * 1024 * 1024 + 3, 7);
  const sizes = [...encodeFrames(content)].map((frame) => text(frame.subarray(0, 8)).split('\n')[0]);
  expect(sizes).toEqual(['1048576', '1048576', '3']);
  expect([...encodeFrames(new Uint8Array(0))]).toEqual([]);
});

test('content with NUL or of some length is no small text', () => {
  expect(isSmallText(Buffer.from('print(1)\n'))).toBe(true);
  expect(isSmallText(Buffer.from('a\0'))).toBe(false);
  expect(isSmallText(Buffer.alloc(2_049, 65))).toBe(false);
});
