import { resolve } from 'node:path';
import type { DockerOptions } from './docker-options-schema.ts';

/** Returns the directory on the daemon's machine that is mounted as the workspace, or undefined if the workspace is in memory. */
export function boundDirectory({ workDir, bindDir }: Pick<DockerOptions, 'workDir' | 'bindDir'>): string | undefined {
  return bindDir ?? (workDir === undefined ? undefined : resolve(workDir));
}
