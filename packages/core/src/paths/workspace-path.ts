import { posix } from 'node:path';
import type { ErrorCode } from '../errors/error-codes.ts';
import { SandpodError } from '../errors/sandpod-error.ts';

/** The Linux limits for a path and for each name in a path. */
const MAX_PATH_BYTES = 4096;
const MAX_SEGMENT_BYTES = 255;

/**
 * Checks that a path stays inside the workspace, and returns its normal form, for example `a/b.txt` for `./a//b.txt`.
 *
 * Spaces, quotes, line breaks and a leading dash are allowed, because paths are treated as data. `what` is the name of
 * the path in messages.
 *
 * @throws {SandpodError} `path-outside-workspace` if the path is absolute or contains `..`. `invalid-path` if the path
 * is empty, is the workspace itself, ends with a slash, is too long, or contains a backslash, NUL or an unpaired
 * surrogate.
 */
export function parseWorkspacePath(name: string, what = 'path'): string {
  checkCharacters(name, what);
  if (isAbsolute(name)) throw refused(name, { code: 'path-outside-workspace', what, expected: 'a path relative to the workspace' });
  if (name.includes('\\')) throw refused(name, { what, expected: 'a path that uses "/" and has no backslashes' });
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.includes('..'))
    throw refused(name, { code: 'path-outside-workspace', what, expected: 'a path inside the workspace, without ".."' });
  if (segments.length === 0 || /(^|\/)\.?$/.test(name)) throw refused(name, { what, expected: 'the path of a file' });
  checkLengths(name, { what, segments });
  return segments.join('/');
}

/** Joins the absolute path of the workspace and a path inside it. @throws {SandpodError} like {@link parseWorkspacePath}. */
export function resolveInWorkspace(options: { readonly workspace: string; readonly path: string }): string {
  return posix.join(options.workspace, parseWorkspacePath(options.path));
}

/**
 * Checks a code file name that a model chose, and returns its path relative to the workspace.
 *
 * The rules of {@link parseWorkspacePath} apply, with two differences. An absolute path inside the workspace is accepted. Control
 * characters and a leading dash are refused, because the name becomes an argument to an interpreter.
 *
 * @throws {SandpodError} like {@link parseWorkspacePath}.
 */
export function parseCodeFileName(name: string, workspace: string): string {
  const what = 'file name';
  const base = workspace.endsWith('/') ? workspace : `${workspace}/`;
  const path = parseWorkspacePath(name.startsWith(base) ? name.slice(base.length).replace(/^\/+/, '') : name, what);
  if (/\p{Cc}/u.test(path)) throw refused(name, { what, expected: 'a name without control characters' });
  if (path.startsWith('-')) throw refused(name, { what, expected: 'a name that does not start with "-"' });
  return path;
}

function checkCharacters(name: string, what: string): void {
  if (typeof name !== 'string' || name === '') throw refused(name, { what, expected: 'a path that is not empty' });
  if (name.includes('\0')) throw refused(name, { what, expected: 'a path without NUL' });
  if (/\p{Cs}/u.test(name)) throw refused(name, { what, expected: 'a path in well-formed Unicode' });
}

function checkLengths(name: string, options: { readonly what: string; readonly segments: readonly string[] }): void {
  const { what, segments } = options;
  if (Buffer.byteLength(name) > MAX_PATH_BYTES) throw refused(name, { what, expected: `a path of at most ${MAX_PATH_BYTES} bytes` });
  if (segments.some((segment) => Buffer.byteLength(segment) > MAX_SEGMENT_BYTES)) {
    throw refused(name, { what, expected: `a path in which each name has at most ${MAX_SEGMENT_BYTES} bytes` });
  }
}

/** Returns true for absolute paths, including paths that are absolute on Windows. */
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
