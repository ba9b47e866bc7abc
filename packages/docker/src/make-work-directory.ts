import { chown, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { SandpodError } from '@sandpod/core';
import type { DockerOptions } from './docker-options.ts';

/** Makes `workDir` and its parents where they are missing; what root makes is given to the user of the programs. */
export async function makeWorkDirectory({ workDir, user }: Pick<DockerOptions, 'workDir' | 'user'>): Promise<void> {
  if (workDir === undefined) return;
  try {
    await make(resolve(workDir), user);
  } catch (cause) {
    throw new SandpodError({
      code: 'start-failed',
      message: `workDir ${workDir} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}.`,
      advice: 'Name a directory that exists or can be made.',
      isRetryable: false,
      cause,
    });
  }
}

/** One directory after the other: Node's own `recursive` never comes to an end where none can be made, as below `/proc`. */
async function make(path: string, user: string): Promise<void> {
  if (await isDirectory(path)) return;
  await make(dirname(path), user);
  try {
    await mkdir(path);
  } catch (error) {
    // Others may have made it meanwhile.
    if (await isDirectory(path)) return;
    throw error;
  }
  const [uid = 0, gid = uid] = user.split(':').map(Number);
  if (process.getuid?.() === 0) await chown(path, uid, gid);
}

/** @throws when something else is there. */
async function isDirectory(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  throw new Error('it is not a directory');
}
