import { posix } from 'node:path';
import { type DirectoryEntry, isTmpCodeFile, mediaTypeOf, type SandboxFiles } from '@sandpod/core';
import type { FileListing, WorkspaceFile } from '../api-types.ts';

const MAX_FILES = 500;
const MAX_DIRECTORIES = 100;
/** Maximum number of parallel requests to the sandbox. */
const PARALLEL = 8;

/** Lists the files in a workspace, except hidden files, links, and code files with generated names. */
export async function listWorkspace(files: SandboxFiles, abortSignal: AbortSignal): Promise<FileListing> {
  const { paths, truncated } = await findPaths(files, abortSignal);
  const found: WorkspaceFile[] = [];
  for (let start = 0; start < paths.length; start += PARALLEL) {
    const sizes = await Promise.all(paths.slice(start, start + PARALLEL).map((path) => describe(files, { path, abortSignal })));
    found.push(...sizes.flatMap((file) => (file ? [file] : [])));
  }
  return { files: found, truncated };
}

async function describe(
  files: SandboxFiles,
  options: { readonly path: string; readonly abortSignal: AbortSignal },
): Promise<WorkspaceFile | undefined> {
  const stat = await files.stat(options);
  const { path } = options;
  return stat?.type === 'file' ? { path, size: stat.size, mediaType: mediaTypeOf(path) } : undefined;
}

async function findPaths(
  files: SandboxFiles,
  abortSignal: AbortSignal,
): Promise<{ readonly paths: readonly string[]; readonly truncated: boolean }> {
  const directories = ['.'];
  const paths: string[] = [];
  for (let visited = 0; visited < MAX_DIRECTORIES && paths.length < MAX_FILES; visited += 1) {
    const directory = directories.shift();
    if (directory === undefined) return { paths: paths.sort(), truncated: false };
    const entries = (await files.listDirectory({ path: directory, abortSignal })) ?? [];
    // More entries than this exceed one of the two limits. A directory can have a hundred thousand entries.
    for (const { name, type } of entries.filter(isShown).slice(0, MAX_FILES + MAX_DIRECTORIES)) {
      const path = posix.join(directory, name);
      if (type === 'file') paths.push(path);
      if (type === 'directory') directories.push(path);
    }
  }
  return { paths: paths.slice(0, MAX_FILES), truncated: true };
}

function isShown({ name, type }: DirectoryEntry): boolean {
  return (type === 'file' || type === 'directory') && !name.startsWith('.') && !isTmpCodeFile(name);
}
