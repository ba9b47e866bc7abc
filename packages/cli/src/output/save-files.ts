import type { OutputFile, SandboxFiles } from '@sandpod/core';
import type { OutputDirectory } from './output-directory.ts';

export interface SavedFiles {
  readonly saved: readonly string[];
  readonly unsaved: readonly { readonly path: string; readonly reason: string }[];
}

export interface SaveTarget {
  readonly directory: OutputDirectory;
  /** The files of the sandbox, if it still exists. */
  readonly sandboxFiles: SandboxFiles | undefined;
  readonly abortSignal: AbortSignal;
  /** Maximum number of bytes saved. Default 1 GiB. */
  readonly totalBytes?: number;
}

const MiB = 1024 * 1024;

/** Saves the files from a result in a directory. Files that are too large for the result are streamed from the sandbox. */
export async function saveFiles(files: readonly OutputFile[], target: SaveTarget): Promise<SavedFiles> {
  const saved: string[] = [];
  const unsaved: { path: string; reason: string }[] = [];
  const { totalBytes = 1024 * MiB } = target;
  let room = totalBytes;
  for (const file of files) {
    const reason = file.size > room ? `--out saves at most ${totalBytes / MiB} MiB in total` : await trySaveFile(file, target);
    if (reason === undefined) {
      saved.push(file.path);
      room -= file.size;
    } else unsaved.push({ path: file.path, reason });
  }
  return { saved, unsaved };
}

async function trySaveFile(file: OutputFile, target: SaveTarget): Promise<string | undefined> {
  return saveFile(file, target).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
}

async function saveFile(file: OutputFile, target: SaveTarget): Promise<string | undefined> {
  const { directory, sandboxFiles, abortSignal } = target;
  const content = file.content ?? (await sandboxFiles?.readFile({ path: file.path, maxBytes: file.size, abortSignal }));
  return content ? directory.save(file.path, content) : (file.reason ?? 'its content did not arrive');
}
