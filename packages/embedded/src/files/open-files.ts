import { GuestFileError } from '../guest/guest-file-error.ts';
import type { Inode } from './inode.ts';

const MAXIMUM_HANDLES = 65_536;

export interface OpenFile {
  readonly inode: Inode;
  readonly canRead: boolean;
  readonly canWrite: boolean;
}

/** The table of open handles. */
export class OpenFiles {
  readonly #files = new Map<number, OpenFile>();
  #next = 1;

  /** Returns a new handle. @throws {GuestFileError} `EMFILE` if too many handles are open. */
  add(file: OpenFile, path: string): number {
    if (this.#files.size >= MAXIMUM_HANDLES) throw new GuestFileError('EMFILE', path);
    const handle = this.#next;
    this.#next += 1;
    file.inode.handles += 1;
    this.#files.set(handle, file);
    return handle;
  }

  /** Returns the file of a handle. @throws {GuestFileError} `EBADF` if the handle is not open, or is not open for this access. */
  get(handle: number, access?: 'read' | 'write'): OpenFile {
    const file = this.#files.get(handle);
    if (!file || (access === 'read' && !file.canRead) || (access === 'write' && !file.canWrite)) {
      throw new GuestFileError('EBADF', `handle ${handle}`);
    }
    return file;
  }

  remove(handle: number): Inode {
    const { inode } = this.get(handle);
    this.#files.delete(handle);
    inode.handles -= 1;
    return inode;
  }
}
