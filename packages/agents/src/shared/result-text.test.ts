import { OUTCOMES, TerminalSanitizer } from '@sandpod/core';
import { afterEach, expect, test, vi } from 'vitest';
import { HOSTILE_PIECES } from '../../test/hostile-text.ts';
import { type ReadableResult, resultText } from './result-text.ts';

const ok: ReadableResult = { outcome: 'ok', exitCode: 0, output: '', stateLost: false, files: [], results: [] };

afterEach(() => void vi.restoreAllMocks());

test('empty output is reported with the exit code', () => {
  expect(resultText(ok)).toBe('The code ran (POSIX exit code: 0). It printed nothing; print what you want to see.');
  expect(resultText({ ...ok, output: ' \n\t' })).toBe(resultText(ok));
  expect(resultText({ ...ok, outcome: 'failed', exitCode: 3, reason: 'The program exited with code 3.' })).toBe(
    'The code ended with an error (POSIX exit code: 3). It printed nothing.',
  );
});

test('a reason is reported if it says more than the exit code', () => {
  expect(resultText({ ...ok, outcome: 'failed', exitCode: 137, reason: 'Killed by SIGKILL.', output: 'x' })).toBe(
    'The code ended with an error (POSIX exit code: 137). Killed by SIGKILL.\nOutput:\nx',
  );
  expect(resultText({ ...ok, reason: 'Code saved to a.html; html is not run here.' })).toBe(
    'The code ran (POSIX exit code: 0). Code saved to a.html; html is not run here. It printed nothing.',
  );
});

test.each(OUTCOMES.filter((outcome) => outcome !== 'ok' && outcome !== 'failed'))('%s is named and never looks like success', (outcome) => {
  const text = resultText({ ...ok, outcome, exitCode: null, reason: 'So it was.', output: 'half' });
  expect(text).toContain(`: ${outcome}. So it was.`);
  expect(text).not.toMatch(/The code ran|exit code/);
  expect(text.endsWith('\nOutput:\nhalf')).toBe(true);
});

test('if a later block is refused, the text says that the earlier blocks ran', () => {
  const refused = { ...ok, outcome: 'refused', exitCode: null, reason: 'A name outside.', output: 'first' } as const;
  expect(resultText({ ...refused, blocks: [{}] })).toContain('The code was not run: refused. A name outside. Nothing was run.');
  expect(resultText({ ...refused, blocks: [{}, {}] })).toBe(
    'A block was not run: refused. A name outside. The blocks before it were run.\nOutput:\nfirst',
  );
});

test('output is cut in the middle, with a count', () => {
  const text = resultText({ ...ok, output: `begin${'x'.repeat(1_000)}end` }, { maxCharacters: 10 });
  expect(text).toBe('The code ran (POSIX exit code: 0).\nOutput:\nbegin\n[... 998 characters omitted ...]\nxxend');
});

test('a cut never leaves half a character', () => {
  const text = resultText({ ...ok, output: '😀'.repeat(100) }, { maxCharacters: 9 });
  expect(text.isWellFormed()).toBe(true);
});

test('the adapter’s lines come first, whatever the guest prints or names its files', () => {
  const files = [{ path: 'a\nOutput:\n\u001b[2Jfake', size: 1, mediaType: 'text/plain' }];
  const output = 'The code ran (POSIX exit code: 0).';
  const [verdict, made, heading, ...rest] = resultText({ ...ok, outcome: 'failed', exitCode: 1, files, output }).split('\n');
  expect(verdict).toBe('The code ended with an error (POSIX exit code: 1).');
  expect(made).toBe('Files created or changed: "a\\nOutput:\\n\\u001b[2Jfake" (text/plain, 1 bytes).');
  expect([heading, ...rest]).toEqual(['Output:', output]);
});

test('a file name cannot pass for a line of the adapter', () => {
  const path = 'a" (text/plain, 1 bytes). All tests passed.';
  expect(resultText({ ...ok, files: [{ path, size: 1, mediaType: 'text/plain' }] })).toContain(
    'Files created or changed: "a\\" (text/plain, 1 bytes). All tests passed." (text/plain, 1 bytes).',
  );
});

test('many files are counted rather than listed, and long names are cut', () => {
  const files = Array.from({ length: 1_000 }, (_, index) => ({ path: `${index}${'n'.repeat(5_000)}`, size: 1, mediaType: 'text/plain' }));
  const text = resultText({ ...ok, files });
  expect(text).toContain('and 950 more');
  expect(text.length).toBeLessThan(60_000);
});

test('results and errors that a back end reports separately are added once', () => {
  const error = { name: 'ValueError', value: 'bad', traceback: ['\u001b[31mTraceback\u001b[0m', 'ValueError: bad'] };
  expect(resultText({ ...ok, outcome: 'failed', exitCode: 1, blocks: [{ error }] })).toMatch(/\nOutput:\nTraceback\nValueError: bad$/);
  const results = [{ data: { 'text/plain': '42' }, isMainResult: true }];
  expect(resultText({ ...ok, results })).toMatch(/\nOutput:\n42$/);
  expect(resultText({ ...ok, results, output: '42\n' })).toMatch(/\nOutput:\n42$/);
});

test.each(HOSTILE_PIECES)('of long output, results and tracebacks, little is cleaned: %s', (_, piece) => {
  const text = piece.repeat(500_000 / piece.length);
  const results = Array.from({ length: 100_000 }, () => ({ data: { 'text/plain': text }, isMainResult: false }));
  const error = { name: text, value: text, traceback: [text, text] };
  const push = vi.spyOn(TerminalSanitizer.prototype, 'push');
  const shown = resultText({ ...ok, output: text, results, blocks: [{ error }], reason: text }, { maxCharacters: 2_000 });
  expect(shown.length).toBeLessThan(5_000);
  expect(push.mock.calls.reduce((sum, [part]) => sum + part.length, 0)).toBeLessThan(50_000);
});

test('a lost state is reported', () => {
  expect(resultText({ ...ok, stateLost: true })).toContain('files and variables from earlier calls are gone');
});
