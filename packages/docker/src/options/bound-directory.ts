import { resolve } from 'node:path';
import type { DockerOptions } from './docker-options-schema.ts';

/** The directory on the daemon's machine that is mounted as the workspace; undefined if the workspace is in memory. */
export function boundDirectory({ workDir, bindDir }: Pick<DockerOptions, 'workDir' | 'bindDir'>): string | undefined {
  return bindDir ?? (workDir === undefined ? undefined : resolve(workDir));
}
