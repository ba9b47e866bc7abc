import type { GuestDirectoryEntry, GuestFileSystem, GuestOpenOptions, GuestSpace, GuestStat } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';
import { CreationModes } from './creation-modes.ts';
import type { ReadOnlyTree } from './read-only-tree.ts';

/** Values that Python's start-up code and this program exchange as links below `folder`. */
export interface PrivateLinks {
  readonly folder: string;
  /** Returns the target of the link with this name. */
  read(name: string): string | undefined;
  /** Called when the guest creates a link with this name. */
  made(name: string, target: string): void;
}

export interface PythonFileSystemOptions {
  /** The sandbox's files. Read on every use, because the value may be set later. */
  readonly user: GuestFileSystem;
  readonly library: ReadOnlyTree;
  readonly links: PrivateLinks;
  /** Returns true if it is known that the file does not exist. */
  readonly isAbsent?: (path: string) => boolean;
}

/** The sandbox's files with Python's library mounted read-only. Handles of library files are negative. */
export class PythonFileSystem implements GuestFileSystem {
  readonly #options: PythonFileSystemOptions;
  readonly #library: ReadOnlyTree;
  readonly #links: PrivateLinks;
  readonly #open = new Map<number, string>();
  readonly #modes = new CreationModes();
  #nextHandle = -1;

  constructor(options: PythonFileSystemOptions) {
    this.#options = options;
    this.#library = options.library;
    this.#links = options.links;
  }

  get #user(): GuestFileSystem {
    return this.#options.user;
  }

  stat(path: string, options?: { readonly followLinks?: boolean }): GuestStat {
    if (this.#library.owns(path)) return this.#library.stat(path);
    if (this.#options.isAbsent?.(path) === true) throw new GuestFileError('ENOENT', path);
    return this.#user.stat(path, options);
  }

  open(path: string, options: GuestOpenOptions): number {
    if (!this.#library.owns(path))
      return this.#user.open(path, options.create === true ? { ...options, mode: this.#modes.take(0o666) } : options);
    if (options.write === true || options.create === true || options.truncate === true) throw new GuestFileError('EROFS', path);
    this.#library.stat(path);
    const handle = this.#nextHandle;
    this.#nextHandle -= 1;
    this.#open.set(handle, path);
    return handle;
  }

  close(handle: number): void {
    if (handle >= 0) this.#user.close(handle);
    else if (!this.#open.delete(handle)) throw new GuestFileError('EBADF', `handle ${handle}`);
  }

  statHandle(handle: number): GuestStat {
    return handle < 0 ? this.#library.stat(this.#path(handle)) : this.#user.statHandle(handle);
  }

  read(handle: number, position: number, length: number): Uint8Array {
    if (handle >= 0) return this.#user.read(handle, position, length);
    const path = this.#path(handle);
    const bytes = this.#library.file(path);
    if (!bytes) throw new GuestFileError('EISDIR', path);
    return bytes.subarray(position, position + length);
  }

  write(handle: number, position: number | 'end', bytes: Uint8Array): number {
    if (handle < 0) throw new GuestFileError('EBADF', `handle ${handle}`);
    return this.#user.write(handle, position, bytes);
  }

  truncate(handle: number, size: number): void {
    if (handle < 0) throw new GuestFileError('EBADF', `handle ${handle}`);
    this.#user.truncate(handle, size);
  }

  readDirectory(path: string): readonly GuestDirectoryEntry[] {
    return this.#library.owns(path) ? this.#library.list(path) : this.#user.readDirectory(path);
  }

  makeDirectory(path: string, options?: { readonly mode?: number }): void {
    this.#writable(path).makeDirectory(path, { ...options, mode: this.#modes.take(0o777) });
  }

  removeDirectory(path: string): void {
    this.#writable(path).removeDirectory(path);
  }

  unlink(path: string): void {
    this.#writable(path).unlink(path);
  }

  rename(from: string, to: string): void {
    this.#writable(from, to).rename(from, to);
  }

  symlink(target: string, path: string): void {
    const name = this.#linkName(path);
    if (name === undefined) this.#writable(path).symlink(target, path);
    else this.#receive(name, target);
  }

  link(existing: string, path: string): void {
    this.#writable(existing, path).link(existing, path);
  }

  readLink(path: string): string {
    const name = this.#linkName(path);
    const target = name === undefined ? undefined : this.#send(name);
    if (target !== undefined) return target;
    if (!this.#library.owns(path)) return this.#user.readLink(path);
    this.#library.stat(path);
    throw new GuestFileError('EINVAL', path);
  }

  realPath(path: string): string {
    if (!this.#library.owns(path)) return this.#user.realPath(path);
    this.#library.stat(path);
    return path;
  }

  changeMode(path: string, mode: number): void {
    this.#writable(path).changeMode(path, mode);
  }

  setTimes(path: string, times: { readonly accessedMs?: number; readonly modifiedMs?: number; readonly followLinks?: boolean }): void {
    this.#writable(path).setTimes(path, times);
  }

  space(): GuestSpace {
    return this.#user.space();
  }

  #receive(name: string, value: string): void {
    if (name === 'chmod') this.#receiveMode(value);
    else if (!this.#modes.receive(name, value)) this.#links.made(name, value);
  }

  /** Changes the mode of a file. The value consists of the mode, a space and the path. */
  #receiveMode(value: string): void {
    const end = value.indexOf(' ');
    this.changeMode(this.realPath(value.slice(end + 1)), Number(value.slice(0, Math.max(end, 0))));
  }

  #send(name: string): string | undefined {
    if (name !== 'space') return this.#links.read(name);
    const { totalBytes, usedBytes, totalNames, usedNames } = this.space();
    return `${totalBytes} ${usedBytes} ${totalNames} ${usedNames}`;
  }

  #path(handle: number): string {
    const path = this.#open.get(handle);
    if (path === undefined) throw new GuestFileError('EBADF', `handle ${handle}`);
    return path;
  }

  #linkName(path: string): string | undefined {
    return path.startsWith(`${this.#links.folder}/`) ? path.slice(this.#links.folder.length + 1) : undefined;
  }

  #writable(...paths: readonly string[]): GuestFileSystem {
    const refused = paths.find((path) => this.#library.owns(path));
    if (refused !== undefined) throw new GuestFileError('EROFS', refused);
    return this.#user;
  }
}
