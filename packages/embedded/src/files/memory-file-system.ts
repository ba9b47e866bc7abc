import type { GuestDirectoryEntry, GuestErrno, GuestFileSystem, GuestOpenOptions, GuestSpace, GuestStat } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';
import { readDevice } from './device.ts';
import { FileTree } from './file-tree.ts';
import { makeInitialTree } from './initial-tree.ts';
import { type FileInode, type Inode, inodeStat, markModified } from './inode.ts';
import { OpenFiles } from './open-files.ts';
import { splitPath } from './path-parts.ts';
import { type Place, placePath } from './path-walk.ts';
import { StorageQuota } from './storage-quota.ts';

export interface MemoryFileSystemOptions {
  /** The maximum size of all files together, in bytes. Each name in a directory counts as 1 KiB. */
  readonly workspaceBytes: number;
  /** The maximum number of names in all directories together. Default 200,000. */
  readonly entries?: number;
}

/** The files of one sandbox, in memory, with POSIX semantics and a quota. Permission bits are stored but not enforced. */
export class MemoryFileSystem implements GuestFileSystem {
  /** Direct access for the host's file operations, which must check the targets of links. */
  readonly tree: FileTree;
  readonly #open = new OpenFiles();

  constructor(options: MemoryFileSystemOptions) {
    const quota = new StorageQuota({
      bytes: options.workspaceBytes,
      ...(options.entries === undefined ? {} : { entries: options.entries }),
    });
    this.tree = new FileTree(quota);
    makeInitialTree(this.tree);
  }

  stat(path: string, options: { readonly followLinks?: boolean } = {}): GuestStat {
    return inodeStat(this.tree.find(path, { followLast: options.followLinks ?? true }));
  }

  open(path: string, options: GuestOpenOptions): number {
    const followLast = options.exclusive === true && options.create === true ? false : (options.followLinks ?? true);
    const place = this.tree.lookup(path, { followLast });
    const inode = place.inode ? checkOpen(place.inode, { path, options }) : this.#create(place, { path, options });
    const canWrite = options.write ?? false;
    const handle = this.#open.add({ inode, canRead: options.read ?? !canWrite, canWrite }, path);
    if (options.truncate === true && canWrite && inode.type === 'file') this.#resize(inode, { size: 0, path });
    return handle;
  }

  close(handle: number): void {
    this.tree.releaseIfUnused(this.#open.remove(handle));
  }

  statHandle(handle: number): GuestStat {
    return inodeStat(this.#open.get(handle).inode);
  }

  read(handle: number, position: number, length: number): Uint8Array {
    const { inode } = this.#open.get(handle, 'read');
    checkNumbers(handle, position, length);
    if (inode.type === 'device') return readDevice(inode, length);
    return contentOf(inode, handle).content.read(position, length);
  }

  write(handle: number, position: number | 'end', bytes: Uint8Array): number {
    const { inode } = this.#open.get(handle, 'write');
    if (inode.type === 'device') return (position === 'end' ? 0 : position) + bytes.length;
    const file = contentOf(inode, handle);
    const start = position === 'end' ? file.content.size : position;
    checkNumbers(handle, start, bytes.length);
    this.#charge(file, { size: Math.max(file.content.size, bytes.length === 0 ? 0 : start + bytes.length), path: `handle ${handle}` });
    file.content.write(start, bytes);
    markModified(file);
    return start + bytes.length;
  }

  truncate(handle: number, size: number): void {
    const { inode } = this.#open.get(handle, 'write');
    checkNumbers(handle, size, 0);
    if (inode.type !== 'file') throw new GuestFileError('EINVAL', `handle ${handle}`);
    this.#resize(inode, { size, path: `handle ${handle}` });
  }

  readDirectory(path: string): readonly GuestDirectoryEntry[] {
    const inode = this.tree.find(path, { followLast: true });
    if (inode.type !== 'directory') throw new GuestFileError('ENOTDIR', path);
    return Array.from(inode.entries, ([name, entry]) => ({ name, type: entry.type, inode: entry.number }));
  }

  makeDirectory(path: string, options: { readonly mode?: number } = {}): void {
    this.tree.attach(this.#free(path), this.tree.make.directory(options.mode ?? 0o755));
  }

  removeDirectory(path: string): void {
    const place = this.#taken(path);
    if (place.inode.type !== 'directory') throw new GuestFileError('ENOTDIR', path);
    if (place.inode.entries.size > 0) throw new GuestFileError('ENOTEMPTY', path);
    this.tree.detach(place);
  }

  unlink(path: string): void {
    const place = this.#taken(path);
    if (place.inode.type === 'directory') throw new GuestFileError('EISDIR', path);
    this.tree.detach(place);
  }

  rename(from: string, to: string): void {
    const source = this.#taken(from);
    const destination = this.tree.lookup(to, { followLast: false });
    if (destination.inode === source.inode) return;
    const refusal = refusalToRename(source, destination);
    if (refusal) throw new GuestFileError(refusal, to);
    this.tree.move(source, destination);
  }

  symlink(target: string, path: string): void {
    splitPath(target);
    this.tree.attach(this.#free(path), this.tree.make.symlink(target));
  }

  link(existing: string, path: string): void {
    const { inode } = this.#taken(existing);
    if (inode.type === 'directory' || inode.type === 'device') throw new GuestFileError('EPERM', existing);
    this.tree.attach(this.#free(path), inode);
  }

  readLink(path: string): string {
    const { inode } = this.#taken(path);
    if (inode.type !== 'symlink') throw new GuestFileError('EINVAL', path);
    return inode.target;
  }

  realPath(path: string): string {
    const place = this.tree.lookup(path, { followLast: true });
    if (!place.inode) throw new GuestFileError('ENOENT', path);
    return placePath(place);
  }

  changeMode(path: string, mode: number): void {
    const inode = this.tree.find(path, { followLast: true });
    inode.mode = mode & 0o7777;
    inode.changedMs = Date.now();
  }

  setTimes(path: string, times: { readonly accessedMs?: number; readonly modifiedMs?: number; readonly followLinks?: boolean }): void {
    const inode = this.tree.find(path, { followLast: times.followLinks ?? true });
    inode.accessedMs = times.accessedMs ?? inode.accessedMs;
    inode.modifiedMs = times.modifiedMs ?? inode.modifiedMs;
    inode.changedMs = Date.now();
  }

  space(): GuestSpace {
    return this.tree.quota.space();
  }

  #create(place: Place, wanted: { readonly path: string; readonly options: GuestOpenOptions }): Inode {
    if (wanted.options.create !== true) throw new GuestFileError('ENOENT', wanted.path);
    const file = this.tree.make.file(wanted.options.mode ?? 0o644);
    this.tree.attach(place, file);
    return file;
  }

  #free(path: string): Place {
    const place = this.tree.lookup(path, { followLast: false });
    if (place.inode) throw new GuestFileError('EEXIST', path);
    return place;
  }

  #taken(path: string): Place & { readonly inode: Inode } {
    const place = this.tree.lookup(path, { followLast: false });
    if (!place.inode) throw new GuestFileError('ENOENT', path);
    return { ...place, inode: place.inode };
  }

  #resize(file: FileInode, wanted: { readonly size: number; readonly path: string }): void {
    this.#charge(file, wanted);
    file.content.truncate(wanted.size);
    markModified(file);
  }

  #charge(file: FileInode, wanted: { readonly size: number; readonly path: string }): void {
    this.tree.quota.changeBytes(wanted.size - file.content.size, wanted.path);
  }
}

function checkOpen(inode: Inode, wanted: { readonly path: string; readonly options: GuestOpenOptions }): Inode {
  const { path, options } = wanted;
  if (options.create === true && options.exclusive === true) throw new GuestFileError('EEXIST', path);
  if (inode.type === 'symlink') throw new GuestFileError('ELOOP', path);
  if (inode.type === 'directory' && (options.write === true || options.create === true)) throw new GuestFileError('EISDIR', path);
  return inode;
}

function checkNumbers(handle: number, position: number, length: number): void {
  if (!(position >= 0 && length >= 0 && Number.isSafeInteger(position + length))) throw new GuestFileError('EINVAL', `handle ${handle}`);
}

function contentOf(inode: Inode, handle: number): FileInode {
  if (inode.type !== 'file') throw new GuestFileError(inode.type === 'directory' ? 'EISDIR' : 'EINVAL', `handle ${handle}`);
  return inode;
}

function refusalToRename(source: Place & { readonly inode: Inode }, destination: Place): GuestErrno | undefined {
  const { inode } = source;
  const replaced = destination.inode;
  if (inode.type === 'directory') {
    if (inode.isPinned) return 'EBUSY';
    if (destination.trail.some((step) => step.directory === inode)) return 'EINVAL';
    if (replaced && replaced.type !== 'directory') return 'ENOTDIR';
    return replaced && replaced.entries.size > 0 ? 'ENOTEMPTY' : undefined;
  }
  return replaced?.type === 'directory' ? 'EISDIR' : undefined;
}
