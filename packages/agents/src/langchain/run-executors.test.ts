import type { CodeExecutor } from '@sandpod/core';
import { expect, test } from 'vitest';
import { RunExecutors } from './run-executors.ts';

test('an executor is stopped if a late call started it again after the end of its run', async () => {
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
