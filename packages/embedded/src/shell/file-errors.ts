import type { GuestErrno } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';

const descriptions: Readonly<Record<string, string>> = {
  EEXIST: 'file already exists',
  EINVAL: 'invalid argument',
  EISDIR: 'illegal operation on a directory',
  ELOOP: 'too many levels of symbolic links',
  ENOENT: 'no such file or directory',
  ENOSPC: 'no space left on device',
  ENOTDIR: 'not a directory',
  ENOTEMPTY: 'directory not empty',
  EPERM: 'operation not permitted',
  EROFS: 'read-only file system',
};

/** A failed file operation, with a message in the form that the shell's commands expect. */
export class ShellFileError extends Error {
  override readonly name = 'ShellFileError';
  readonly code: GuestErrno;
  readonly path: string;

  constructor(operation: string, { code, path }: GuestFileError) {
    super(`${code}: ${descriptions[code] ?? 'operation failed'}, ${operation} '${path}'`);
    this.code = code;
    this.path = path;
  }
}

/** Runs a file operation. @throws {ShellFileError} if it fails. */
export function shellOperation<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof GuestFileError ? new ShellFileError(name, error) : error;
  }
}
