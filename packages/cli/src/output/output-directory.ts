import { lstat, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeDirectory } from '@sandpod/core/backend';
import { UsageError } from '../arguments/usage-error.ts';
import { splitGuestPath } from './local-path.ts';

export type FileContent = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * A local directory in which files are saved under names that a guest chose.
 *
 * Nothing outside the directory is ever written: links below it are neither followed nor replaced. Existing regular files are
 * replaced atomically.
 */
export class OutputDirectory {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /** Creates the directory if it does not exist. Throws a `UsageError` if that fails. */
  static async open(path: string): Promise<OutputDirectory> {
    try {
      await makeDirectory(resolve(path));
      return new OutputDirectory(await realpath(path));
    } catch (error) {
      throw new UsageError(`--out ${path} cannot be used: ${messageOf(error)}.`, 'Choose a directory that exists or can be created.');
    }
  }

  /** Writes a file. @returns undefined if the file was written, otherwise the reason why it was not written. */
  async save(path: string, content: FileContent): Promise<string | undefined> {
    const names = splitGuestPath(path);
    if (typeof names === 'string') return names;
    try {
      return await this.#write(names, content);
    } catch (error) {
      return messageOf(error);
    }
  }

  async #write(names: readonly string[], content: FileContent): Promise<string | undefined> {
    let directory = this.#root;
    for (const name of names.slice(0, -1)) {
      directory = join(directory, name);
      const problem = await enter(directory);
      if (problem) return problem;
    }
    const target = join(directory, names.at(-1) ?? '');
    const existing = await lstatOrNull(target);
    if (existing && !existing.isFile())
      return existing.isSymbolicLink() ? 'a symbolic link already has this name' : 'something other than a file already has this name';
    await replace(directory, { target, content });
    return undefined;
  }
}

/** Creates a directory, or checks that the existing entry is a directory and not a link. Returns the problem, if there is one. */
async function enter(directory: string): Promise<string | undefined> {
  const existing = await lstatOrNull(directory);
  if (existing === null) await mkdir(directory);
  else if (existing.isSymbolicLink()) return 'its path contains a symbolic link';
  else if (!existing.isDirectory()) return 'a part of its path is not a directory';
  return undefined;
}

/** Writes to a temporary file and renames it, so that the target never contains only part of the content. */
async function replace(directory: string, options: { readonly target: string; readonly content: FileContent }): Promise<void> {
  const { target, content } = options;
  const temporary = join(directory, `.sandpod-${process.pid}-${crypto.randomUUID()}`);
  try {
    await writeNew(temporary, content);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Writes a new file. Because of the flag `wx`, `open` never follows a link and never opens an existing file. */
async function writeNew(path: string, content: FileContent): Promise<void> {
  await using file = await open(path, 'wx', 0o644);
  await file.writeFile(content);
}

async function lstatOrNull(path: string): Promise<Awaited<ReturnType<typeof lstat>> | null> {
  return lstat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
