import { type CodeResult, OUTCOMES, SandpodError } from '@sandpod/core';
import { expect, test } from 'vitest';
import { exitCodeOfError, exitCodeOfResult } from './exit-code.ts';

function result(outcome: CodeResult['outcome'], exitCode: number | null): CodeResult {
  return { outcome, exitCode, output: '', stdout: '', stderr: '', blocks: [], files: [], results: [], stateLost: false, durationMs: 1 };
}

test.each([
  ['ok', 0, 0],
  ['failed', 3, 3],
  ['failed', 255, 255],
  ['timeout', null, 124],
  ['cancelled', null, 130],
  ['refused', null, 2],
  ['memory-limit', 137, 137],
  ['memory-limit', null, 125],
  ['transport', null, 125],
] as const)('%s with the code %s exits with %d', (outcome, exitCode, expected) => {
  expect(exitCodeOfResult(result(outcome, exitCode))).toBe(expected);
});

test('only the outcome ok exits with 0, whatever the program’s exit code is', () => {
  for (const outcome of OUTCOMES.filter((each) => each !== 'ok')) {
    for (const exitCode of [null, 0, 256, 512, -256])
      expect(exitCodeOfResult(result(outcome, exitCode)), `${outcome} ${exitCode}`).toBeGreaterThan(0);
  }
});

test('errors that a corrected command line avoids exit with 2, others with 125', () => {
  expect(exitCodeOfError(new SandpodError({ code: 'unknown-backend', message: '' }))).toBe(2);
  expect(exitCodeOfError(new SandpodError({ code: 'start-failed', message: '' }))).toBe(125);
  expect(exitCodeOfError(new SandpodError({ code: 'backend-not-installed', message: '' }))).toBe(125);
  expect(exitCodeOfError(new TypeError('bug'))).toBe(125);
});
