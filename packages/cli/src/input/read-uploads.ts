import { stat } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import type { InputFile } from '@sandpod/core';
import { UsageError } from '../arguments/usage-error.ts';
import { listFiles } from './list-files.ts';
import { type InputSource, readBytes } from './read-bytes.ts';

/**
 * Reads the files and directories that `--file PATH[:NAME]` specifies. Without NAME, a file or directory keeps its name without the
 * directory above it. With the name `.`, the content of a directory becomes the content of the workspace.
 */
export async function readUploads(entries: readonly string[], source: InputSource): Promise<InputFile[]> {
  const uploads = new Map<string, InputFile>();
  for (const entry of entries) {
    for (const { local, path } of await resolveEntry(entry)) {
      if (uploads.has(path)) {
        throw new UsageError(
          `--file: two files would have the name ${JSON.stringify(path)} in the sandbox.`,
          'Rename one of them: --file PATH:NAME',
        );
      }
      uploads.set(path, { path, content: await readBytes(local, { ...source, option: '--file' }) });
    }
  }
  return [...uploads.values()];
}

/** A local file and its path in the workspace. */
interface Upload {
  readonly local: string;
  readonly path: string;
}

async function resolveEntry(entry: string): Promise<readonly Upload[]> {
  const { path, name } = await splitEntry(entry);
  if (!(await isDirectory(path))) return [{ local: path, path: name }];
  const files = await listFiles(path);
  return files.map((file) => ({ local: join(path, file), path: posix.join(name === '..' ? '.' : name, file) }));
}

/** Splits an entry at the last colon. Paths may contain colons, so the entry is not split if it is the path of an existing file. */
async function splitEntry(entry: string): Promise<{ readonly path: string; readonly name: string }> {
  if (entry === '' || entry === '-') throw new UsageError(`--file expects PATH or PATH:NAME; got ${JSON.stringify(entry)}.`);
  const colon = entry.lastIndexOf(':');
  if (colon <= 0 || (await statOrNull(entry)) !== null) return { path: entry, name: basename(entry) };
  const name = entry.slice(colon + 1);
  if (name === '') throw new UsageError(`--file ${entry}: expected a name after the colon.`);
  return { path: entry.slice(0, colon), name };
}

async function isDirectory(path: string): Promise<boolean> {
  return (await statOrNull(path))?.isDirectory() ?? false;
}

async function statOrNull(path: string): Promise<Awaited<ReturnType<typeof stat>> | null> {
  return stat(path).catch(() => null);
}
