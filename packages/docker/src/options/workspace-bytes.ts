import { boundDirectory } from './bound-directory.ts';
import type { DockerOptions } from './docker-options-schema.ts';

/** The share of the memory that the workspace leaves to programs. A workspace in memory could otherwise fill it, and nothing could start any more. */
const LEFT_SHARE = 1 / 8;

/** The bytes that the workspace holds. In memory, it gets at most 7/8 of the memory limit. */
export function workspaceBytesOf(options: Pick<DockerOptions, 'limits' | 'workDir' | 'bindDir'>): number {
  const { memoryBytes, workspaceBytes } = options.limits;
  if (boundDirectory(options) !== undefined) return workspaceBytes;
  return Math.min(workspaceBytes, Math.floor(memoryBytes * (1 - LEFT_SHARE)));
}
