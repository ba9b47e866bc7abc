import type { BlockResult, CodeResult } from '@sandpod/core';
import { expect, test } from 'vitest';
import { summarize } from './summary.ts';

const block: BlockResult = {
  outcome: 'ok',
  exitCode: 0,
  language: 'python',
  output: '',
  stdout: '',
  stderr: '',
  results: [],
  durationMs: 10,
};
const base: CodeResult = {
  outcome: 'ok',
  exitCode: 0,
  output: '',
  stdout: '',
  stderr: '',
  blocks: [block],
  files: [],
  results: [],
  stateLost: false,
  durationMs: 1_234,
};

test('a success reports how much ran and how long it took', () => {
  expect(summarize(base, 1)).toBe('ok, 1 block in 1.2 s');
  expect(summarize({ ...base, blocks: [block, block] }, 2)).toBe('ok, 2 blocks in 1.2 s');
  expect(summarize({ ...base, reason: 'Not all files could be collected' }, 1)).toBe(
    'ok, 1 block in 1.2 s. Not all files could be collected.',
  );
});

test('a failing block is reported with the blocks that were not run', () => {
  const failed: CodeResult = { ...base, outcome: 'failed', exitCode: 3, reason: 'The program exited with code 3.' };
  expect(summarize(failed, 1)).toBe('failed after 1.2 s. The program exited with code 3.');
  expect(summarize(failed, 2)).toBe(
    'failed in block 1 of 2 (python) after 1.2 s. The program exited with code 3. The block after it was not run.',
  );
  expect(summarize(failed, 4)).toContain('The 3 blocks after it were not run.');
});

test('a limit is reported with advice', () => {
  expect(summarize({ ...base, outcome: 'timeout', exitCode: null, reason: 'The run took longer than 2 s' }, 1)).toBe(
    'timeout after 1.2 s. The run took longer than 2 s. Allow more time with --timeout.',
  );
});

test('a run that ended before its first block does not count past the end', () => {
  expect(summarize({ ...base, outcome: 'cancelled', exitCode: null, blocks: [] }, 1)).toBe('cancelled after 1.2 s.');
});
