import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { foldBinary } from './fold-binary.ts';

test('binary data in the middle of output becomes a note, and the text around it stays', () => {
  const data = `\ufffdPNG\u0000${'\ufffd\u0001a'.repeat(20)}`;
  expect(foldBinary(`before\n${data}\nafter`)).toMatch(/^before\n\[\d+ characters of binary data\]a?\nafter$/);
});

test('random bytes leave almost nothing', () => {
  expect(foldBinary(randomBytes(100_000).toString('utf8')).length).toBeLessThan(1_000);
});

test.each([
  ['empty text', ''],
  ['text', 'one\ttwo\r\nthree\u001b[31m red\u001b[0m\u0007'],
  ['text in another encoding', Buffer.from('Grüße aus dem schönen Süden, für Sie.\n'.repeat(20), 'latin1').toString('utf8')],
  ['a few bytes', 'a\u0000b\ufffdc'],
  ['all scripts', 'こんにちは 🙂 مرحبا'],
])('%s stays as it is', (_, text) => {
  expect(foldBinary(text)).toBe(text);
});
