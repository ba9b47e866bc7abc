import { SandpodError } from '@sandpod/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SchedulingDeadline } from './scheduling-deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const NO_CPU = '0/1 nodes are available: 1 Insufficient cpu.';
const NO_CLAIM = '0/1 nodes are available: persistentvolumeclaim "data" not found. not found';

function reasonAfter(ms: number, deadline: SchedulingDeadline): string | undefined {
  vi.advanceTimersByTime(ms);
  const { aborted, reason } = deadline.signal;
  return aborted && SandpodError.isInstance(reason) ? reason.message : undefined;
}

test('a claim that does not exist fails within seconds, with its name, however long nodes may take', () => {
  using deadline = new SchedulingDeadline(600_000);
  deadline.update(NO_CLAIM, 'one');
  expect(reasonAfter(1_900, deadline)).toBeUndefined();
  expect(reasonAfter(200, deadline)).toBe(`The pod one cannot be scheduled: ${NO_CLAIM}`);
});

test('a claim that appears in time, and a lack of room, have the time for scheduling', () => {
  using deadline = new SchedulingDeadline(15_000);
  deadline.update(NO_CLAIM, 'one');
  expect(reasonAfter(1_500, deadline)).toBeUndefined();
  deadline.update(NO_CPU, 'one');
  expect(reasonAfter(14_900, deadline)).toBeUndefined();
  expect(reasonAfter(200, deadline)).toContain('No node has room for the pod one');
});

test('a pod that is scheduled has no deadline, and messages that change do not prolong it', () => {
  using scheduled = new SchedulingDeadline(1_000);
  scheduled.update(NO_CPU, 'one');
  scheduled.update(undefined, 'one');
  expect(reasonAfter(5_000, scheduled)).toBeUndefined();
  using waiting = new SchedulingDeadline(1_000);
  waiting.update(NO_CPU, 'one');
  expect(reasonAfter(900, waiting)).toBeUndefined();
  waiting.update('0/2 nodes are available: 2 Insufficient memory.', 'one');
  expect(reasonAfter(200, waiting)).toContain('No node has room');
});
