import { chown } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SandpodError } from '@sandpod/core';
import { makeDirectory } from '@sandpod/core/backend';
import type { DockerOptions } from '../options/docker-options-schema.ts';

/**
 * Creates `workDir` and its parents if they are missing. If this process runs as root, the new directories belong to the user that runs
 * programs.
 */
export async function makeWorkDirectory({ workDir, user }: Pick<DockerOptions, 'workDir' | 'user'>): Promise<void> {
  if (workDir === undefined) return;
  const [uid = 0, gid = uid] = user.split(':').map(Number);
  try {
    await makeDirectory(resolve(workDir), process.getuid?.() === 0 ? (path) => chown(path, uid, gid) : undefined);
  } catch (cause) {
    throw new SandpodError({
      code: 'start-failed',
      message: `workDir ${workDir} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}.`,
      advice: 'Use a directory that exists or can be created.',
      isRetryable: false,
      cause,
    });
  }
}
