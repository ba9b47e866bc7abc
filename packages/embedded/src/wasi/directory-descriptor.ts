import type { GuestFileSystem, GuestStat } from '../guest/guest-contract.ts';
import { Descriptor } from './descriptor.ts';
import { WasiError } from './errno.ts';
import { WASI_FILE_TYPE } from './file-types.ts';

export interface DirectoryEntry {
  readonly name: Uint8Array;
  readonly inode: number;
  readonly fileType: number;
}

const utf8 = new TextEncoder();

/** An open directory: a base for relative paths, and a list of entries to read. */
export class DirectoryDescriptor extends Descriptor {
  override readonly fileType: number = WASI_FILE_TYPE['directory'];
  readonly path: string;
  /** True for the directory that is already open when the guest starts. */
  readonly isPreopened: boolean;
  readonly #files: GuestFileSystem;
  #entries: readonly DirectoryEntry[] | undefined;

  constructor(files: GuestFileSystem, path: string, options: { readonly isPreopened?: boolean } = {}) {
    super();
    this.#files = files;
    this.path = path;
    this.isPreopened = options.isPreopened ?? false;
  }

  override stat(): GuestStat {
    return this.#files.stat(this.path);
  }

  override read(_length: number): Uint8Array {
    throw new WasiError('EISDIR');
  }

  override readAt(_position: number, _length: number): Uint8Array {
    throw new WasiError('EISDIR');
  }

  override setTimes(times: { readonly accessedMs?: number; readonly modifiedMs?: number }): void {
    this.#files.setTimes(this.path, times);
  }

  /**
   * Returns the entries that start at a cookie. The directory is listed again only at cookie 0, so that a listing is stable while
   * it is read.
   */
  entriesFrom(cookie: number): readonly DirectoryEntry[] {
    if (cookie === 0 || !this.#entries) this.#entries = this.#list();
    return this.#entries.slice(cookie);
  }

  #list(): readonly DirectoryEntry[] {
    const own = { inode: this.stat().inode, fileType: WASI_FILE_TYPE['directory'] };
    const dots = ['.', '..'].map((name) => ({ name: utf8.encode(name), ...own }));
    const listed = this.#files.readDirectory(this.path).map((entry) => ({
      name: utf8.encode(entry.name),
      inode: entry.inode,
      fileType: WASI_FILE_TYPE[entry.type],
    }));
    return [...dots, ...listed];
  }
}
