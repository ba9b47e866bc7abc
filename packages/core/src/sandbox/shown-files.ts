import { isTmpCodeFile } from '../blocks/code-file-name.ts';
import type { DirectoryEntry, SandboxFiles } from '../contract/files.ts';
import { Pace } from '../control/pace.ts';

/** A regular file or a directory below the workspace. */
export interface ShownFile extends DirectoryEntry {
  /** Relative to the workspace. */
  readonly path: string;
}

export interface ShownFilesOptions {
  /** Once this many files were found, no further directory is read. */
  readonly maxFiles: number;
  /** Maximum number of directories that are read. */
  readonly maxDirectories: number;
  /** Called for each directory that is not read. */
  readonly onOmitted?: (() => void) | undefined;
  readonly abortSignal: AbortSignal;
}

/**
 * Yields the files of a workspace that people and models are shown, those in upper directories first. Leaves out hidden files and
 * directories, links, and code files with generated names. Regularly lets the event loop run.
 *
 * For a `Sandbox`, `listTree` is faster. This function needs only the file API of an executor.
 */
export async function* shownFiles(
  files: Pick<SandboxFiles, 'listDirectory'>,
  { maxFiles, maxDirectories, onOmitted, abortSignal }: ShownFilesOptions,
): AsyncGenerator<ShownFile, void, void> {
  const directories = ['.'];
  let count = 0;
  for (const directory of directories) {
    if (count >= maxFiles) return onOmitted?.();
    for await (const entry of entriesOf(files, { directory, abortSignal })) {
      if (entry.type === 'file') {
        count += 1;
        yield entry;
      } else if (directories.length < maxDirectories) directories.push(entry.path);
      else onOmitted?.();
    }
  }
}

/** Yields the files and directories in a directory. */
async function* entriesOf(
  files: Pick<SandboxFiles, 'listDirectory'>,
  { directory, abortSignal }: { readonly directory: string; readonly abortSignal: AbortSignal },
): AsyncGenerator<ShownFile, void, void> {
  const pace = new Pace(abortSignal);
  for (const entry of (await files.listDirectory({ path: directory, abortSignal })) ?? []) {
    if (pace.isDue) await pace.turn();
    const { name, type } = entry;
    if ((type !== 'file' && type !== 'directory') || name.startsWith('.') || isTmpCodeFile(name)) continue;
    yield { ...entry, path: directory === '.' ? name : `${directory}/${name}` };
  }
}
