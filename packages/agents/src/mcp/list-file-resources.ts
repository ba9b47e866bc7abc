import { type DirectoryEntry, isTmpCodeFile, type SandboxFiles } from '@sandpod/core';
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
    const entries = (await files.listDirectory({ path: directory, abortSignal })) ?? [];
    if (pace.isDue) await pace.turn();
    const shown = entries
      .filter(isShown)
      .map(({ name, ...entry }) => ({ ...entry, path: directory === '.' ? name : `${directory}/${name}` }));
    for (const entry of shown.slice(0, MAX_FILES)) if (entry.type === 'file') found.push(fileResource(entry));
    directories.push(
      ...shown
        .flatMap(({ type, path }) => (type === 'directory' ? [path] : []))
        .slice(0, Math.max(0, MAX_DIRECTORIES - directories.length)),
    );
    if (found.length >= MAX_FILES) break;
  }
  return found.slice(0, MAX_FILES);
}

function isShown({ name }: DirectoryEntry): boolean {
  return !name.startsWith('.') && !isTmpCodeFile(name) && name.isWellFormed();
}
