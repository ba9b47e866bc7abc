import { isTmpCodeFile, type SandboxFiles } from '@sandpod/core';
import { Pace } from '@sandpod/core/backend';
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
  const directories = ['.'];
  const pace = new Pace(abortSignal);
  for (const directory of directories) {
    for (const { name, type, size } of (await files.listDirectory({ path: directory, abortSignal })) ?? []) {
      if (pace.isDue) await pace.turn();
      const path = directory === '.' ? name : `${directory}/${name}`;
      if (name.startsWith('.') || isTmpCodeFile(name) || !name.isWellFormed()) continue;
      if (type === 'directory' && directories.length < MAX_DIRECTORIES) directories.push(path);
      if (type === 'file') found.push(fileResource({ path, size }));
      if (found.length === MAX_FILES) return found;
    }
  }
  return found;
}
