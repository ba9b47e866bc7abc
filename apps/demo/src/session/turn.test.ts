import { createExecutor } from '@sandpod/sandpod';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Turn } from './turn.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it.each(['stop', 'abort'] as const)('%s ends an answer without a reader', async (name) => {
  const turn = new Turn(await createExecutor('embedded'));
  const ended = turn[name]();
  await vi.advanceTimersByTimeAsync(30_000);
  await expect(ended).resolves.toBeUndefined();
});
