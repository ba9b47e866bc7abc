import type { GuestFileSystem } from '../guest/guest-contract.ts';
import { WasiError } from './errno.ts';

export interface ResolvedPath {
  /** Absolute and normalised; links in it are not resolved, except before a `..`. */
  readonly path: string;
  /** Written with a slash at the end, which only a directory may have. */
  readonly isDirectoryName: boolean;
}

/**
 * Joins a path that a guest gave with the directory it is relative to.
 *
 * `..` means the parent of what a link leads to, so what stands before it is resolved first.
 * @throws {WasiError} `ENOENT` for the empty path, `ENOTDIR` for a file before `..`; GuestFileError from the file system.
 */
export function resolveGuestPath(files: GuestFileSystem, base: string, path: string): ResolvedPath {
  if (path === '') throw new WasiError('ENOENT');
  const parts = path.split('/');
  let current = path.startsWith('/') ? '/' : base;
  for (const part of parts) {
    if (part === '' || part === '.') continue;
    current = part === '..' ? parentOf(realDirectory(files, current)) : join(current, part);
  }
  return { path: current, isDirectoryName: ['', '.', '..'].includes(parts.at(-1) ?? '') };
}

function realDirectory(files: GuestFileSystem, path: string): string {
  if (path === '/') return path;
  const real = files.realPath(path);
  if (files.stat(real).type !== 'directory') throw new WasiError('ENOTDIR');
  return real;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

function join(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}
