import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a directory of this machine and its missing parents; `path` is absolute.
 *
 * Node's own `recursive` never comes to an end where a directory takes no entries, as `/proc` does.
 *
 * @param onMade Awaited with each directory that was missing.
 * @throws when something else is there, or none can be made.
 */
export async function makeDirectory(path: string, onMade?: (path: string) => Promise<void>): Promise<void> {
  if (await isDirectory(path)) return;
  await makeDirectory(dirname(path), onMade);
  try {
    await mkdir(path);
  } catch (error) {
    // Others may have made it meanwhile.
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
