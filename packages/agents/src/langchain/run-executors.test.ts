import type { CodeExecutor } from '@sandpod/core';
import { expect, test } from 'vitest';
import { RunExecutors } from './run-executors.ts';

test('an executor that a late call started again after its run had ended is stopped', async () => {
  let isStarted = false;
  const executor = {
    stop: async () => {
      isStarted = false;
    },
  } as unknown as CodeExecutor;
  const runs = new RunExecutors({ create: () => executor, idleMs: 60_000 });
  await runs.use('run', async () => {
    await runs.end('run');
    isStarted = true;
  });
  expect(isStarted).toBe(false);
});
