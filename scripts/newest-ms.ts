import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Returns when a file, or anything in a directory, was last changed, in milliseconds. Returns 0 for what does not exist. */
export function newestMs(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  const inside = stat.isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(path, name)).mtimeMs)
    : [];
  return Math.max(stat.mtimeMs, ...inside);
}
