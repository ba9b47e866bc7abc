import type { InputFile, SandboxFiles } from '@sandpod/core';
import { shownFiles } from '@sandpod/core/backend';

/** Larger workspaces are not counted to the end. */
const MAX_FILES = 1_000;
const MAX_DIRECTORIES = 50;
const CACHE = '__pycache__';

export interface CountOptions {
  readonly uploads: readonly InputFile[];
  /** Files that contain the code of the blocks. */
  readonly codeFiles: readonly (string | undefined)[];
  readonly abortSignal: AbortSignal;
}

/** Counts the files in a new workspace that the run made. Like `--out`, leaves out hidden files and links. */
export async function countMadeFiles(files: SandboxFiles, { uploads, codeFiles, abortSignal }: CountOptions): Promise<number> {
  const given = new Set<string | undefined>([...uploads.map(({ path }) => path), ...codeFiles]);
  const maxFiles = MAX_FILES + given.size;
  let count = 0;
  for await (const { path } of shownFiles(files, { maxFiles, maxDirectories: MAX_DIRECTORIES, abortSignal }))
    if (!given.has(path) && !path.split('/').includes(CACHE)) count += 1;
  return count;
}
