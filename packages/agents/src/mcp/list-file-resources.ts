import type { SandboxFiles } from '@sandpod/core';
import { shownFiles } from '@sandpod/core/backend';
import { type FileResource, fileResource } from './file-resource.ts';
import type { ToolTarget } from './tool-target.ts';

const MAX_FILES = 1_000;
const MAX_DIRECTORIES = 200;

/**
 * Lists the files in the workspace, without hidden files, links and generated code files. At most 1,000 files from 200 directories.
 *
 * Many clients list resources when they connect. So the list is empty until the first call, instead of starting the sandbox.
 */
export async function listFileResources(
  { target, files }: { readonly target: ToolTarget; readonly files: SandboxFiles },
  abortSignal: AbortSignal,
): Promise<FileResource[]> {
  return target.isUsed ? target.enter(abortSignal, () => walk(files, abortSignal)) : [];
}

async function walk(files: SandboxFiles, abortSignal: AbortSignal): Promise<FileResource[]> {
  const found: FileResource[] = [];
  for await (const file of shownFiles(files, { maxFiles: MAX_FILES, maxDirectories: MAX_DIRECTORIES, abortSignal })) {
    // A URI cannot contain half of a surrogate pair.
    if (file.path.isWellFormed()) found.push(fileResource(file));
    if (found.length >= MAX_FILES) break;
  }
  return found;
}
