import { GuestFileError } from '../guest/guest-file-error.ts';

const MAXIMUM_PATH_BYTES = 4096;
const MAXIMUM_NAME_BYTES = 255;

function isTooLong(text: string, maximumBytes: number): boolean {
  return text.length > maximumBytes || (text.length * 3 > maximumBytes && Buffer.byteLength(text) > maximumBytes);
}

/**
 * Splits a path into its parts, and removes empty parts and `.` parts.
 *
 * Keeps `..` parts, because `..` after a link means the parent of the link's target.
 *
 * @throws {GuestFileError} `ENOENT` for an empty path, `EINVAL` for NUL and lone surrogates, `ENAMETOOLONG`.
 */
export function splitPath(path: string): string[] {
  if (path === '') throw new GuestFileError('ENOENT', path);
  if (isTooLong(path, MAXIMUM_PATH_BYTES)) throw new GuestFileError('ENAMETOOLONG', path.slice(0, 100));
  if (path.includes('\0') || !path.isWellFormed()) throw new GuestFileError('EINVAL', path);
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  for (const part of parts) if (isTooLong(part, MAXIMUM_NAME_BYTES)) throw new GuestFileError('ENAMETOOLONG', path);
  return parts;
}
