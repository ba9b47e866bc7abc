import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Returns when a file, or anything in a directory, was last changed, in milliseconds. With an `ending`, only files whose names end in this
 * way count. Returns 0 for what does not exist.
 */
export function newestMs(path: string, ending?: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  const names = stat.isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
  const counted = ending === undefined ? ['', ...names] : names.filter((name) => name.endsWith(ending));
  return Math.max(0, ...counted.map((name) => statSync(join(path, name)).mtimeMs));
}
