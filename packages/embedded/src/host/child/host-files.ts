import { type Inode, inodeStat } from '../../files/inode.ts';
import type { MemoryFileSystem } from '../../files/memory-file-system.ts';
import { type Place, placePath } from '../../files/path-walk.ts';
import type { GuestFileType } from '../../guest/guest-contract.ts';
import { GuestFileError } from '../../guest/guest-file-error.ts';
import { ChildError } from './child-error.ts';
import { HostUpload } from './host-upload.ts';
import type { ListedEntry } from './list-chunks.ts';
import { locateHostPath } from './locate-host-path.ts';

/**
 * The file operations that the sandbox's owner can request.
 *
 * One thread does all of the work, so no file can change between a check and the operation that follows.
 */
export class HostFiles {
  readonly #files: MemoryFileSystem;

  constructor(files: MemoryFileSystem) {
    this.#files = files;
  }

  /** Returns a handle, or null if the file does not exist. */
  openForRead(path: string): number | null {
    const place = this.#locateExisting(path, { followLast: true });
    if (!place) return null;
    if (place.inode.type === 'directory') throw new ChildError('is-directory', `${JSON.stringify(path)} is a directory.`);
    return this.#files.open(placePath(place), { read: true, followLinks: false });
  }

  stat(path: string): { readonly type: GuestFileType; readonly size: number; readonly modifiedMs: number } | null {
    const place = this.#locateExisting(path, { followLast: true });
    if (!place) return null;
    const { type, size, modifiedMs } = inodeStat(place.inode);
    return { type, size: type === 'file' ? size : 0, modifiedMs };
  }

  list(path: string): ListedEntry[] | null {
    const place = this.#locateExisting(path, { followLast: true });
    if (!place) return null;
    if (place.inode.type !== 'directory') throw new ChildError('not-directory', `${JSON.stringify(path)} is not a directory.`);
    return Array.from(place.inode.entries, ([name, inode]) => {
      const { type, size, modifiedMs } = inodeStat(inode);
      return { name, type, size, modifiedMs };
    });
  }

  delete(path: string): boolean {
    const place = this.#locateExisting(path, { followLast: false });
    if (!place) return false;
    if (place.inode.type === 'directory') throw new ChildError('is-directory', `${JSON.stringify(path)} is a directory.`);
    this.#files.tree.detach(place);
    return true;
  }

  /** Resolves the working directory of a process. @throws {ChildError} `invalid-cwd`. */
  workingDirectory(path: string): string {
    try {
      const place = this.#locateExisting(path, { followLast: true });
      if (place?.inode.type === 'directory') return placePath(place);
    } catch (error) {
      if (!(error instanceof GuestFileError || error instanceof ChildError)) throw error;
    }
    throw new ChildError('invalid-cwd', `cwd: expected a directory in the sandbox, given ${JSON.stringify(path)}.`);
  }

  upload(path: string): HostUpload {
    return new HostUpload(this.#files, path);
  }

  #locateExisting(path: string, options: { readonly followLast: boolean }): (Place & { readonly inode: Inode }) | null {
    try {
      const place = locateHostPath(this.#files, { path, ...options });
      return place.inode ? { ...place, inode: place.inode } : null;
    } catch (error) {
      if (error instanceof GuestFileError && error.code === 'ENOENT') return null;
      throw error;
    }
  }
}
