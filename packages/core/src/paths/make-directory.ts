import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Creates a directory and its missing parents on this machine. `path` must be absolute.
 *
 * This function exists because Node's `mkdir` with `recursive` never returns if no entries can be created in a parent, for example in
 * `/proc`.
 *
 * @param onMade Called and awaited for each directory that was created.
 * @throws {Error} if the path is not a directory, or a directory cannot be created.
 */
export async function makeDirectory(path: string, onMade?: (path: string) => Promise<void>): Promise<void> {
  if (await isDirectory(path)) return;
  await makeDirectory(dirname(path), onMade);
  try {
    await mkdir(path);
  } catch (error) {
    // Another process may have created the directory in the meantime.
    if (await isDirectory(path)) return;
    throw error;
  }
  await onMade?.(path);
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  throw new Error('it is not a directory');
}
