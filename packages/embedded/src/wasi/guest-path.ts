import type { GuestFileSystem } from '../guest/guest-contract.ts';
import { WasiError } from './errno.ts';

export interface ResolvedPath {
  /** Absolute and normalized. Links are resolved only before a `..`. */
  readonly path: string;
  /** True if the path ends with a slash, which is valid only for a directory. */
  readonly isDirectoryName: boolean;
}

/**
 * Resolves a guest's path against the directory that it is relative to.
 *
 * After a link, `..` means the parent of the link's target, so the part before a `..` is resolved first.
 * @throws {WasiError} `ENOENT` for an empty path, `ENOTDIR` for a file before `..`; GuestFileError from the file system.
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
