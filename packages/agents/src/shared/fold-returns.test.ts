import { expect, test } from 'vitest';
import { foldReturns } from './fold-returns.ts';

test.each([
  ['plain\ntext', 'plain\ntext'],
  ['one\r\ntwo\r\n', 'one\ntwo\n'],
  ['\r  0%\r 50%\r100%\ndone', '100%\ndone'],
  ['10%\r20%\r', '20%'],
  ['\r\r\n\r', '\n'],
])('%j becomes %j', (text, folded) => {
  expect(foldReturns(text)).toBe(folded);
});

test('takes time in proportion to the length', () => {
  const startMs = performance.now();
  for (const piece of ['\r', 'x\r', '\r\n', 'x\r\r\r']) foldReturns(piece.repeat(1_000_000));
  expect(performance.now() - startMs).toBeLessThan(5_000);
});
