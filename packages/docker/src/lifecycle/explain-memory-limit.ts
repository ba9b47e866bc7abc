import type { LossExplanation } from '@sandpod/launcher';
import type Docker from 'dockerode';

/**
 * The part of the daemon's response that sandpod uses. Only cgroup v2 reports `shmem`. For v1, sandpod calculates the same value: the cache
 * that belongs to no file on a disk.
 */
interface MemoryStats {
  readonly limit?: number;
  readonly stats?: {
    readonly shmem?: number;
    readonly total_cache?: number;
    readonly total_active_file?: number;
    readonly total_inactive_file?: number;
  };
}

/** Files are mentioned only if they use at least this share of the memory limit. */
const MENTIONED_SHARE = 1 / 4;
/** No program can start if less than this share of the memory limit is free. */
const NEEDED_SHARE = 1 / 32;

/**
 * Explains how much of a container's memory files use. Returns undefined if files use little memory. Does not start any program in the
 * container.
 */
export async function explainMemoryLimit(
  container: Docker.Container,
): Promise<Pick<LossExplanation, 'reason' | 'isSandboxLost'> | undefined> {
  const { memory_stats } = (await container.stats({ stream: false, 'one-shot': true })) as { readonly memory_stats?: MemoryStats };
  return memoryUse(memory_stats ?? {});
}

/** Does the calculation for {@link explainMemoryLimit}. Exported for tests. */
export function memoryUse({ limit, stats = {} }: MemoryStats): Pick<LossExplanation, 'reason' | 'isSandboxLost'> | undefined {
  const { total_cache = 0, total_active_file = 0, total_inactive_file = 0 } = stats;
  const files = stats.shmem ?? total_cache - total_active_file - total_inactive_file;
  if (limit === undefined || files < limit * MENTIONED_SHARE) return undefined;
  const taken = `Files in memory (in the workspace, /tmp or /dev/shm) use ${files} of its ${limit} bytes`;
  if (limit - files >= limit * NEEDED_SHARE) return { reason: `${taken}: delete some files, or raise limits.memoryBytes.` };
  return { reason: `${taken}, so no program can start anymore.`, isSandboxLost: true };
}
