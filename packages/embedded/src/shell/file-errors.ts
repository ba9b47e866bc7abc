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

/** Runs a file operation; its failure is thrown in the form that the shell's commands look for. */
export function shellOperation<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof GuestFileError)) throw error;
    const text = `${error.code}: ${descriptions[error.code] ?? 'operation failed'}, ${name} '${error.path}'`;
    throw Object.assign(new Error(text), { code: error.code, path: error.path });
  }
}
