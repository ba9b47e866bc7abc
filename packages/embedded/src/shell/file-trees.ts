import { posix } from 'node:path';
import type { GuestFileSystem, GuestFileType } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';
import { readWholeFile, writeWholeFile } from '../javascript/whole-file.ts';

function typeOf(files: GuestFileSystem, path: string): GuestFileType | undefined {
  try {
    return files.stat(path, { followLinks: false }).type;
  } catch (error) {
    if (error instanceof GuestFileError && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Creates a directory and its missing parents, like `mkdir -p`. */
export function makeDirectories(files: GuestFileSystem, path: string): void {
  let current = '';
  for (const part of path.split('/').filter((name) => name !== '')) {
    current += `/${part}`;
    try {
      files.makeDirectory(current);
    } catch (error) {
      if (!(error instanceof GuestFileError) || error.code !== 'EEXIST') throw error;
      if (files.stat(current).type !== 'directory') throw error;
    }
  }
}

export interface RemoveTree {
  readonly path: string;
  readonly isRecursive: boolean;
  readonly isForced: boolean;
}

export function removeTree(files: GuestFileSystem, { path, isRecursive, isForced }: RemoveTree): void {
  const type = typeOf(files, path);
  if (type === undefined) {
    if (isForced) return;
    throw new GuestFileError('ENOENT', path);
  }
  if (type !== 'directory') {
    files.unlink(path);
    return;
  }
  if (isRecursive)
    for (const { name } of files.readDirectory(path)) removeTree(files, { path: posix.join(path, name), isRecursive, isForced });
  files.removeDirectory(path);
}

export interface CopyTree {
  readonly source: string;
  readonly target: string;
  readonly isRecursive: boolean;
}

export function copyTree(files: GuestFileSystem, { source, target, isRecursive }: CopyTree): void {
  const type = isRecursive ? typeOf(files, source) : files.stat(source).type;
  if (type === 'symlink') {
    files.symlink(files.readLink(source), target);
    return;
  }
  if (type !== 'directory') {
    const bytes = readWholeFile(files, { path: source, limit: Number.MAX_SAFE_INTEGER });
    writeWholeFile(files, { path: target, bytes, flags: 'w', mode: files.stat(source).mode });
    return;
  }
  if (!isRecursive) throw new GuestFileError('EISDIR', source);
  if (target === source || target.startsWith(`${source}/`)) throw new GuestFileError('EINVAL', target);
  makeDirectories(files, target);
  for (const { name } of files.readDirectory(source))
    copyTree(files, { source: posix.join(source, name), target: posix.join(target, name), isRecursive });
}
