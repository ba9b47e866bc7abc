import { resolve } from 'node:path';
import type { DockerOptions } from './docker-options.ts';

/** The directory of the daemon's machine that is the workspace; undefined where that is in memory. */
export function boundDirectory({ workDir, bindDir }: Pick<DockerOptions, 'workDir' | 'bindDir'>): string | undefined {
  return bindDir ?? (workDir === undefined ? undefined : resolve(workDir));
}
