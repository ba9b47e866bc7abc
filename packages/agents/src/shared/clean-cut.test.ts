import { TerminalSanitizer } from '@sandpod/core';
import { afterEach, expect, test, vi } from 'vitest';
import { HOSTILE_PIECES } from '../../test/hostile-text.ts';
import { cleanBounded, cleanCut } from './clean-cut.ts';
import { cleanText } from './clean-text.ts';
import { cutText } from './cut-text.ts';
import { foldReturns } from './fold-returns.ts';

const MAX = 1_000;

afterEach(() => void vi.restoreAllMocks());

/** Counts the characters that are cleaned from now on. */
function countCleaned(): () => number {
  const push = vi.spyOn(TerminalSanitizer.prototype, 'push');
  return () => push.mock.calls.reduce((sum, [text]) => sum + text.length, 0);
}

test.each(HOSTILE_PIECES)('cleans only as much as is kept, and keeps only as much as is asked for: %s', (_, piece) => {
  const cleaned = countCleaned();
  const text = cleanCut(piece.repeat(8_000_000 / piece.length), MAX);
  expect(cleaned()).toBeLessThanOrEqual(4 * MAX);
  expect(text.length).toBeLessThanOrEqual(MAX + 100);
  expect(text).toMatch(/\n\[\.\.\. \d+ characters omitted \.\.\.\]\n/);
  expect(cleanText(text)).toBe(text);
});

test.each(HOSTILE_PIECES)('cleans and cuts a text that is not too long as a whole: %s', (_, piece) => {
  const text = piece.repeat((4 * MAX) / piece.length);
  expect(cleanCut(text, MAX)).toBe(cutText(cleanText(foldReturns(text)), MAX));
});

test('keeps both ends and counts what is between them', () => {
  const kept = cleanBounded(`\u001b[31mbegin${'x'.repeat(10_000)}end`, 10);
  expect(String(kept)).toBe('begin\n[... 9998 characters omitted ...]\nxxend');
  expect(kept.isCut).toBe(true);
  expect(cleanBounded('short', 10).isCut).toBe(false);
});
