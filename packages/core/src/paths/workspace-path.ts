import { posix } from 'node:path';
import type { ErrorCode } from '../errors/error-codes.ts';
import { SandpodError } from '../errors/sandpod-error.ts';

/** The limits of Linux for a path and for one name in it. */
const MAX_PATH_BYTES = 4096;
const MAX_SEGMENT_BYTES = 255;

/**
 * Checks a name that must stay in the workspace and returns its normal form, for example `a/b.txt` for `./a//b.txt`.
 *
 * Spaces, quotes, line breaks and a leading dash are allowed; names are data. `what` is how messages call it.
 *
 * @throws {SandpodError} `path-outside-workspace` for an absolute name or one with `..`; `invalid-path` for one that is
 * empty, names the workspace itself or a directory, is too long, or holds a backslash, NUL or half a surrogate pair.
 */
export function parseWorkspacePath(name: string, what = 'path'): string {
  checkCharacters(name, what);
  if (isAbsolute(name)) throw refused(name, { code: 'path-outside-workspace', what, expected: 'a path relative to the workspace' });
  if (name.includes('\\')) throw refused(name, { what, expected: 'a path with "/" between its parts and without backslashes' });
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..'))
    throw refused(name, { code: 'path-outside-workspace', what, expected: 'a path below the workspace, without ".."' });
  if (segments.length === 0 || /(^|\/)\.?$/.test(name)) throw refused(name, { what, expected: 'the name of a file' });
  checkLengths(name, { what, segments });
  return segments.join('/');
}

/** Joins a name to the absolute path of the workspace. @throws {SandpodError} as {@link parseWorkspacePath} does. */
export function resolveInWorkspace(options: { readonly workspace: string; readonly path: string }): string {
  return posix.join(options.workspace, parseWorkspacePath(options.path));
}

/**
 * Checks the name of a code file, which a model chose: as {@link parseWorkspacePath} does, but an absolute name below
 * the workspace is fine, and control characters and a leading dash are not, because the name becomes an argument of an
 * interpreter.
 *
 * @throws {SandpodError} as {@link parseWorkspacePath} does.
 */
export function parseCodeFileName(name: string, workspace: string): string {
  const what = 'file name';
  const base = workspace.endsWith('/') ? workspace : `${workspace}/`;
  const path = parseWorkspacePath(name.startsWith(base) ? name.slice(base.length).replace(/^\/+/, '') : name, what);
  if (/\p{Cc}/u.test(path)) throw refused(name, { what, expected: 'a name without control characters' });
  if (path.startsWith('-')) throw refused(name, { what, expected: 'a name that does not begin with "-"' });
  return path;
}

function checkCharacters(name: string, what: string): void {
  if (typeof name !== 'string' || name === '') throw refused(name, { what, expected: 'a path that is not empty' });
  if (name.includes('\0')) throw refused(name, { what, expected: 'a path without NUL' });
  if (/\p{Cs}/u.test(name)) throw refused(name, { what, expected: 'a path of well-formed Unicode' });
}

function checkLengths(name: string, options: { readonly what: string; readonly segments: readonly string[] }): void {
  const { what, segments } = options;
  if (Buffer.byteLength(name) > MAX_PATH_BYTES) throw refused(name, { what, expected: `a path of at most ${MAX_PATH_BYTES} bytes` });
  if (segments.some((segment) => Buffer.byteLength(segment) > MAX_SEGMENT_BYTES)) {
    throw refused(name, { what, expected: `a path whose parts have at most ${MAX_SEGMENT_BYTES} bytes each` });
  }
}

/** Also what Windows takes to be absolute. */
function isAbsolute(name: string): boolean {
  return name.startsWith('/') || name.startsWith('\\\\') || /^[A-Za-z]:[\\/]/.test(name);
}

function refused(name: unknown, options: { readonly code?: ErrorCode; readonly what: string; readonly expected: string }): SandpodError {
  const given = typeof name === 'string' ? shorten(name) : typeof name;
  return new SandpodError({
    code: options.code ?? 'invalid-path',
    message: `${options.what}: expected ${options.expected}, given ${given}.`,
    details: { expected: options.expected },
  });
}

function shorten(name: string): string {
  return name.length <= 80 ? JSON.stringify(name) : `${JSON.stringify(name.slice(0, 80))}… (${name.length} characters)`;
}
