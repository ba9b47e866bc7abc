import { posix } from 'node:path';

/**
 * Directories at the root in which deepagents keeps large results and old messages. They are below the workspace, because a root is
 * read-only.
 */
const OWN_DIRECTORIES = /^\/+(?:large_tool_results|conversation_history)(?=\/|$)/;

/** Converts a path from deepagents to an absolute path in the sandbox. */
export function toSandboxPath(path: string, workspace: string): string {
  return OWN_DIRECTORIES.test(path) ? posix.join(workspace, path) : path;
}

/** Converts the path of a directory or a file to search. Default: the workspace, also for `/`, which deepagents passes by default. */
export function toSearchedPath(path: string | null | undefined, workspace: string): string {
  const wanted = posix.resolve(workspace, path ?? workspace);
  return wanted === '/' ? workspace : toSandboxPath(wanted, workspace);
}

/** Splits a glob into the directory to search and a pattern for paths below that directory. */
export interface GlobScope {
  readonly directory: string;
  readonly pattern: string;
  /** True if the caller named no directory. Results are then absolute paths. */
  readonly isAbsolute: boolean;
}

/** Returns where to search for a glob. An absolute pattern is searched from its last directory without special characters. */
export function globScope(pattern: string, path: string | null | undefined, workspace: string): GlobScope {
  if (!pattern.startsWith('/')) {
    const directory = toSearchedPath(path, workspace);
    return { directory, pattern, isAbsolute: path === null || path === undefined || posix.resolve(workspace, path) === '/' };
  }
  const segments = pattern.split('/').filter(Boolean);
  const special = segments.findIndex((segment) => /[*?[{\\]/.test(segment));
  const count = special < 0 ? segments.length - 1 : special;
  const directory = toSearchedPath(`/${segments.slice(0, count).join('/')}`, workspace);
  return { directory, pattern: segments.slice(count).join('/') || '**', isAbsolute: true };
}

/** Returns a glob for `find -name` that matches the name of every file that `pattern` matches. */
export function nameGlob(pattern: string): string {
  const name = pattern.slice(pattern.lastIndexOf('/') + 1);
  return /[{}\\]/.test(pattern) || name === '' || name === '**' ? '*' : name;
}
