import type { LossExplanation } from '@sandpod/launcher';
import type Docker from 'dockerode';

/** The part of the daemon's answer that is used. Only cgroup v2 has `shmem`; in v1, it is what is cached of no file on a disk. */
interface MemoryStats {
  readonly limit?: number;
  readonly stats?: {
    readonly shmem?: number;
    readonly total_cache?: number;
    readonly total_active_file?: number;
    readonly total_inactive_file?: number;
  };
}

/** The share of the memory that files must take to be mentioned. */
const MENTIONED_SHARE = 1 / 4;
/** The share of the memory without which no program starts. */
const NEEDED_SHARE = 1 / 32;

/** What files in memory take of a container's memory; undefined if that is little. Nothing is started in the container. */
export async function explainMemoryLimit(
  container: Docker.Container,
): Promise<Pick<LossExplanation, 'reason' | 'isSandboxLost'> | undefined> {
  const { memory_stats } = (await container.stats({ stream: false, 'one-shot': true })) as { readonly memory_stats?: MemoryStats };
  return memoryUse(memory_stats ?? {});
}

/** Exported for tests. */
export function memoryUse({ limit, stats = {} }: MemoryStats): Pick<LossExplanation, 'reason' | 'isSandboxLost'> | undefined {
  const { total_cache = 0, total_active_file = 0, total_inactive_file = 0 } = stats;
  const files = stats.shmem ?? total_cache - total_active_file - total_inactive_file;
  if (limit === undefined || files < limit * MENTIONED_SHARE) return undefined;
  const taken = `Files in memory, in the workspace, /tmp and /dev/shm, take ${files} of its ${limit} bytes`;
  if (limit - files >= limit * NEEDED_SHARE) return { reason: `${taken}: delete some, or raise limits.memoryBytes.` };
  return { reason: `${taken}, so that no program can start any more.`, isSandboxLost: true };
}
