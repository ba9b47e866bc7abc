import { mediaTypeOf, type SandboxFiles } from '@sandpod/core';
import { shownFiles } from '@sandpod/core/backend';
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
  const paths: string[] = [];
  let truncated = false;
  const onOmitted = (): void => {
    truncated = true;
  };
  for await (const { path } of shownFiles(files, { maxFiles: MAX_FILES, maxDirectories: MAX_DIRECTORIES, onOmitted, abortSignal })) {
    if (paths.push(path) < MAX_FILES) continue;
    onOmitted();
    break;
  }
  return { paths: truncated ? paths : paths.sort(), truncated };
}
