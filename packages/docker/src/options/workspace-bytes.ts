import { boundDirectory } from './bound-directory.ts';
import type { DockerOptions } from './docker-options-schema.ts';

/**
 * The share of the memory that is reserved for programs. Without this reserve, a workspace in memory could fill the whole memory, and no
 * program could start.
 */
const LEFT_SHARE = 1 / 8;

/** Returns the size limit of the workspace in bytes. A workspace in memory can use at most 7/8 of the memory limit. */
export function workspaceBytesOf(options: Pick<DockerOptions, 'limits' | 'workDir' | 'bindDir'>): number {
  const { memoryBytes, workspaceBytes } = options.limits;
  if (boundDirectory(options) !== undefined) return workspaceBytes;
  return Math.min(workspaceBytes, Math.floor(memoryBytes * (1 - LEFT_SHARE)));
}
