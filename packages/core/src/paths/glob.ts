import { matchesGlob } from 'node:path';

/** True for paths that one of the patterns matches: `*`, `**`, `?`, `[abc]`, `{a,b}`, as `node:path` understands them. */
export function compileGlobs(patterns: readonly string[]): (path: string) => boolean {
  return (path) => patterns.some((pattern) => matchesGlob(path, pattern));
}
