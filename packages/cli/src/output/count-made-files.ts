import { posix } from 'node:path';
import { type DirectoryEntry, type InputFile, isTmpCodeFile, type SandboxFiles } from '@sandpod/core';

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
  const directories = ['.'];
  let count = 0;
  for (const [index, directory] of directories.entries()) {
    if (index >= MAX_DIRECTORIES || count >= MAX_FILES) break;
    const entries = (await files.listDirectory({ path: directory, abortSignal })) ?? [];
    const shown = entries.filter(({ name }) => !name.startsWith('.') && name !== CACHE);
    const pathsOf = (wanted: DirectoryEntry['type']): string[] =>
      shown.filter(({ type }) => type === wanted).map(({ name }) => posix.join(directory, name));
    directories.push(...pathsOf('directory'));
    count += pathsOf('file').filter((path) => !given.has(path) && !isTmpCodeFile(path)).length;
  }
  return count;
}
