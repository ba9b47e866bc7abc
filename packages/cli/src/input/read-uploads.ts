import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { InputFile } from '@sandpod/core';
import { UsageError } from '../arguments/usage-error.ts';
import { type InputSource, readBytes } from './read-bytes.ts';

/** Reads the files that `--file PATH[:NAME]` specifies. Without NAME, a file keeps its name without the directory. */
export async function readUploads(entries: readonly string[], source: InputSource): Promise<InputFile[]> {
  const uploads: InputFile[] = [];
  for (const entry of entries) {
    const { path, name } = await splitEntry(entry);
    if (uploads.some((upload) => upload.path === name)) {
      throw new UsageError(
        `--file: two files would have the name ${JSON.stringify(name)} in the sandbox.`,
        'Rename one of them: --file PATH:NAME',
      );
    }
    uploads.push({ path: name, content: await readBytes(path, { ...source, option: '--file' }) });
  }
  return uploads;
}

/** Splits an entry at the last colon. Paths may contain colons, so the entry is not split if it is the path of an existing file. */
async function splitEntry(entry: string): Promise<{ readonly path: string; readonly name: string }> {
  if (entry === '' || entry === '-') throw new UsageError(`--file expects PATH or PATH:NAME; got ${JSON.stringify(entry)}.`);
  const colon = entry.lastIndexOf(':');
  if (colon <= 0 || (await exists(entry))) return { path: entry, name: basename(entry) };
  const name = entry.slice(colon + 1);
  if (name === '') throw new UsageError(`--file ${entry}: expected a name after the colon.`);
  return { path: entry.slice(0, colon), name };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
