import { expect, test } from 'vitest';
import { memoryUse } from './explain-memory-limit.ts';

const MiB = 1024 * 1024;
const limit = 512 * MiB;

test('memory that programs use is not explained', () => {
  expect(memoryUse({ limit, stats: { shmem: 100 * MiB } })).toBeUndefined();
  expect(memoryUse({})).toBeUndefined();
});

test('files that take much of the memory are named, and a sandbox without room for a program is lost', () => {
  expect(memoryUse({ limit, stats: { shmem: 448 * MiB } })).toEqual({
    reason: expect.stringContaining(`use ${448 * MiB} of its ${limit} bytes`),
  });
  expect(memoryUse({ limit, stats: { total_cache: 512 * MiB, total_active_file: MiB, total_inactive_file: 0 } })).toMatchObject({
    isSandboxLost: true,
  });
});
