import type { GuestDirectoryEntry, GuestFileSystem, GuestOpenOptions, GuestStat } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';
import type { ReadOnlyTree } from './read-only-tree.ts';

/** Words that pass between start-up code in Python and the program around it, as links below `folder`. */
export interface PrivateLinks {
  readonly folder: string;
  /** What reading the link of this name gives. */
  read(name: string): string | undefined;
  /** The guest made a link of this name. */
  made(name: string, target: string): void;
}

export interface PythonFileSystemOptions {
  readonly user: GuestFileSystem;
  readonly library: ReadOnlyTree;
  readonly links: PrivateLinks;
}

/** The sandbox's files with Python's library mounted on them, read-only. Handles of the library are negative. */
export class PythonFileSystem implements GuestFileSystem {
  private readonly _user: GuestFileSystem;
  private readonly _library: ReadOnlyTree;
  private readonly _links: PrivateLinks;
  private readonly _open = new Map<number, string>();
  private _nextHandle = -1;

  constructor(options: PythonFileSystemOptions) {
    this._user = options.user;
    this._library = options.library;
    this._links = options.links;
  }

  stat(path: string, options?: { readonly followLinks?: boolean }): GuestStat {
    return this._library.owns(path) ? this._library.stat(path) : this._user.stat(path, options);
  }

  open(path: string, options: GuestOpenOptions): number {
    if (!this._library.owns(path)) return this._user.open(path, options);
    if (options.write === true || options.create === true || options.truncate === true) throw new GuestFileError('EROFS', path);
    this._library.stat(path);
    const handle = this._nextHandle;
    this._nextHandle -= 1;
    this._open.set(handle, path);
    return handle;
  }

  close(handle: number): void {
    if (handle >= 0) this._user.close(handle);
    else if (!this._open.delete(handle)) throw new GuestFileError('EBADF', `handle ${handle}`);
  }

  statHandle(handle: number): GuestStat {
    return handle < 0 ? this._library.stat(this._path(handle)) : this._user.statHandle(handle);
  }

  read(handle: number, position: number, length: number): Uint8Array {
    if (handle >= 0) return this._user.read(handle, position, length);
    const path = this._path(handle);
    const bytes = this._library.file(path);
    if (!bytes) throw new GuestFileError('EISDIR', path);
    return bytes.subarray(position, position + length);
  }

  write(handle: number, position: number | 'end', bytes: Uint8Array): number {
    if (handle < 0) throw new GuestFileError('EBADF', `handle ${handle}`);
    return this._user.write(handle, position, bytes);
  }

  truncate(handle: number, size: number): void {
    if (handle < 0) throw new GuestFileError('EBADF', `handle ${handle}`);
    this._user.truncate(handle, size);
  }

  readDirectory(path: string): readonly GuestDirectoryEntry[] {
    return this._library.owns(path) ? this._library.list(path) : this._user.readDirectory(path);
  }

  makeDirectory(path: string, options?: { readonly mode?: number }): void {
    this._writable(path).makeDirectory(path, options);
  }

  removeDirectory(path: string): void {
    this._writable(path).removeDirectory(path);
  }

  unlink(path: string): void {
    this._writable(path).unlink(path);
  }

  rename(from: string, to: string): void {
    this._writable(from, to).rename(from, to);
  }

  symlink(target: string, path: string): void {
    const name = this._linkName(path);
    if (name === undefined) this._writable(path).symlink(target, path);
    else this._links.made(name, target);
  }

  link(existing: string, path: string): void {
    this._writable(existing, path).link(existing, path);
  }

  readLink(path: string): string {
    const name = this._linkName(path);
    const target = name === undefined ? undefined : this._links.read(name);
    if (target !== undefined) return target;
    if (!this._library.owns(path)) return this._user.readLink(path);
    this._library.stat(path);
    throw new GuestFileError('EINVAL', path);
  }

  realPath(path: string): string {
    if (!this._library.owns(path)) return this._user.realPath(path);
    this._library.stat(path);
    return path;
  }

  changeMode(path: string, mode: number): void {
    this._writable(path).changeMode(path, mode);
  }

  setTimes(path: string, times: { readonly accessedMs?: number; readonly modifiedMs?: number; readonly followLinks?: boolean }): void {
    this._writable(path).setTimes(path, times);
  }

  private _path(handle: number): string {
    const path = this._open.get(handle);
    if (path === undefined) throw new GuestFileError('EBADF', `handle ${handle}`);
    return path;
  }

  private _linkName(path: string): string | undefined {
    return path.startsWith(`${this._links.folder}/`) ? path.slice(this._links.folder.length + 1) : undefined;
  }

  private _writable(...paths: readonly string[]): GuestFileSystem {
    const refused = paths.find((path) => this._library.owns(path));
    if (refused !== undefined) throw new GuestFileError('EROFS', refused);
    return this._user;
  }
}
