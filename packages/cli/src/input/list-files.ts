import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { UsageError } from '../arguments/usage-error.ts';

const MAX_FILES = 10_000;

/** Lists the regular files below a local directory, with `/` in their names. Links are left out: they can lead outside of the directory. */
export async function listFiles(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(directory, join(entry.parentPath, entry.name)));
  if (files.length <= MAX_FILES) return files.map((file) => file.split(sep).join('/')).sort();
  throw new UsageError(
    `--file ${directory}: expected a directory with at most ${MAX_FILES} files; it has ${files.length}.`,
    'Pass a directory with fewer files, or several of its directories.',
  );
}
