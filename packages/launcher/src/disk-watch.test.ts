import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DiskWatch } from './disk-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const limits = [
  { path: '/workspace', bytes: 100 * 1024 },
  { path: '/tmp', bytes: 50 * 1024 },
];

test('a directory over its limit is found within seconds, once, with the numbers', async () => {
  const measure = vi.fn(async (): Promise<string | undefined> => '  10');
  const onExceeded = vi.fn();
  const watch = new DiskWatch({ limits, measure, onExceeded });
  watch.start();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(onExceeded).not.toHaveBeenCalled();
  measure.mockResolvedValue(undefined);
  await vi.advanceTimersByTimeAsync(2_000);
  measure.mockResolvedValue(' 1e9 0x7fffffff');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(onExceeded).not.toHaveBeenCalled();
  measure.mockResolvedValue(' 100 51');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(onExceeded.mock.calls).toEqual([['The files in /tmp use 52224 bytes, and the limit is 51200 bytes.']]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(onExceeded).toHaveBeenCalledTimes(1);
});

test('nothing is measured for short programs, after the end of a program, or without limits', async () => {
  const measure = vi.fn(async (): Promise<string> => ' 1000');
  const onExceeded = vi.fn();
  const watch = new DiskWatch({ limits, measure, onExceeded });
  watch.start();
  await vi.advanceTimersByTimeAsync(1_000);
  watch.stop();
  const unlimited = new DiskWatch({ limits: [], measure, onExceeded });
  unlimited.start();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(measure).not.toHaveBeenCalled();
});

test('a look that takes long is followed by a long pause', async () => {
  const measure = vi.fn(() => new Promise<string>((resolve) => setTimeout(() => resolve(' 1 1'), 1_000)));
  const watch = new DiskWatch({ limits, measure, onExceeded: () => {} });
  watch.start();
  await vi.advanceTimersByTimeAsync(12_000);
  expect(measure).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(measure).toHaveBeenCalledTimes(2);
});
