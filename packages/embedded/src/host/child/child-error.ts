import type { GuestErrno } from '../../guest/guest-contract.ts';
import { GuestFileError } from '../../guest/guest-file-error.ts';
import { withoutHostPaths } from '../without-host-paths.ts';

/** The codes of `SandpodError` that the child process uses. */
export type ChildErrorCode =
  | 'invalid-options'
  | 'invalid-path'
  | 'path-outside-workspace'
  | 'is-directory'
  | 'not-directory'
  | 'permission-denied'
  | 'disk-full'
  | 'invalid-cwd'
  | 'program-not-found'
  | 'start-failed';

/** An error that the parent process converts to a `SandpodError`. */
export class ChildError extends Error {
  override readonly name = 'ChildError';
  readonly code: ChildErrorCode;

  constructor(code: ChildErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

const CODES: Partial<Record<GuestErrno, ChildErrorCode>> = {
  EACCES: 'permission-denied',
  EISDIR: 'is-directory',
  ENOSPC: 'disk-full',
  ENOTDIR: 'not-directory',
  EPERM: 'permission-denied',
  EROFS: 'permission-denied',
};

/** Converts an error from a file operation to an error for the parent. */
export function toChildError(error: unknown, path: string): ChildError {
  if (error instanceof ChildError) return error;
  if (error instanceof GuestFileError)
    return new ChildError(
      CODES[error.code] ?? 'invalid-path',
      `${JSON.stringify(path || error.path)}: the file operation failed with ${error.code}.`,
    );
  return new ChildError('start-failed', withoutHostPaths(describe(error)));
}

/** Returns the message of an error. Appends the file's path for Node's permission errors, which store the path in a separate property. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'resource' in error ? `${error.message} (${JSON.stringify(error.resource)})` : error.message;
}
