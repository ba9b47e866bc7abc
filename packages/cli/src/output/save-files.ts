import type { OutputFile, SandboxFiles } from '@sandpod/core';
import type { OutputDirectory } from './output-directory.ts';

export interface SavedFiles {
  readonly saved: readonly string[];
  readonly unsaved: readonly { readonly path: string; readonly reason: string }[];
}

export interface SaveTarget {
  readonly directory: OutputDirectory;
  /** The files of the sandbox, where it still lives. */
  readonly sandboxFiles: SandboxFiles | undefined;
  readonly abortSignal: AbortSignal;
}

/** Puts the files of a result into a directory; those too large for the result are streamed from the sandbox. */
export async function saveFiles(files: readonly OutputFile[], target: SaveTarget): Promise<SavedFiles> {
  const saved: string[] = [];
  const unsaved: { path: string; reason: string }[] = [];
  for (const file of files) {
    const reason = await saveFile(file, target).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    if (reason === undefined) saved.push(file.path);
    else unsaved.push({ path: file.path, reason });
  }
  return { saved, unsaved };
}

async function saveFile(file: OutputFile, target: SaveTarget): Promise<string | undefined> {
  const { directory, sandboxFiles, abortSignal } = target;
  const content = file.content ?? (await sandboxFiles?.readFile({ path: file.path, abortSignal }));
  return content ? directory.save(file.path, content) : (file.reason ?? 'its content did not arrive');
}
