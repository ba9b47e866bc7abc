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
  private readonly _files = new Map<number, OpenFile>();
  private _next = 1;

  /** @throws {GuestFileError} `EMFILE`. */
  add(file: OpenFile, path: string): number {
    if (this._files.size >= MAXIMUM_HANDLES) throw new GuestFileError('EMFILE', path);
    const handle = this._next;
    this._next += 1;
    file.inode.handles += 1;
    this._files.set(handle, file);
    return handle;
  }

  /** @throws {GuestFileError} `EBADF`. */
  get(handle: number, access?: 'read' | 'write'): OpenFile {
    const file = this._files.get(handle);
    if (!file || (access === 'read' && !file.canRead) || (access === 'write' && !file.canWrite)) {
      throw new GuestFileError('EBADF', `handle ${handle}`);
    }
    return file;
  }

  remove(handle: number): Inode {
    const { inode } = this.get(handle);
    this._files.delete(handle);
    inode.handles -= 1;
    return inode;
  }
}
