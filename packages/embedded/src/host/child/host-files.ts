import { WORKSPACE } from '../../files/initial-tree.ts';
import { type Inode, inodeStat } from '../../files/inode.ts';
import type { MemoryFileSystem } from '../../files/memory-file-system.ts';
import { type Place, placePath } from '../../files/path-walk.ts';
import type { GuestDirectoryEntry, GuestFileType } from '../../guest/guest-contract.ts';
import { GuestFileError } from '../../guest/guest-file-error.ts';
import { ChildError } from './child-error.ts';
import { HostUpload } from './host-upload.ts';

/**
 * The file operations that the sandbox's owner asks for.
 *
 * A relative path counts from the workspace and stays in it, also after links are resolved. One thread does everything, so
 * nothing changes between the check and the use.
 */
export class HostFiles {
  readonly #files: MemoryFileSystem;

  constructor(files: MemoryFileSystem) {
    this.#files = files;
  }

  /** @throws {ChildError} `path-outside-workspace`. */
  locate(path: string, options: { readonly followLast: boolean }): Place {
    const isRelative = !path.startsWith('/');
    const place = this.#files.tree.lookup(isRelative ? `${WORKSPACE}/${path}` : path, options);
    if (isRelative && !isInWorkspace(placePath(place))) {
      throw new ChildError(
        'path-outside-workspace',
        `${JSON.stringify(path)} leads to ${JSON.stringify(placePath(place))}, outside of ${WORKSPACE}.`,
      );
    }
    return place;
  }

  /** A handle; null when there is no such file. */
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

  list(path: string): readonly GuestDirectoryEntry[] | null {
    const place = this.#locateExisting(path, { followLast: true });
    if (!place) return null;
    if (place.inode.type !== 'directory') throw new ChildError('not-directory', `${JSON.stringify(path)} is not a directory.`);
    return this.#files.readDirectory(placePath(place));
  }

  delete(path: string): boolean {
    const place = this.#locateExisting(path, { followLast: false });
    if (!place) return false;
    if (place.inode.type === 'directory') throw new ChildError('is-directory', `${JSON.stringify(path)} is a directory.`);
    this.#files.tree.detach(place);
    return true;
  }

  /** Where a process may start. @throws {ChildError} `invalid-cwd`. */
  workingDirectory(path: string): string {
    try {
      const place = this.#locateExisting(path, { followLast: true });
      if (place?.inode.type === 'directory') return placePath(place);
    } catch (error) {
      if (!(error instanceof GuestFileError || error instanceof ChildError)) throw error;
    }
    throw new ChildError('invalid-cwd', `cwd: expected a directory of the sandbox, given ${JSON.stringify(path)}.`);
  }

  upload(path: string): HostUpload {
    return new HostUpload({ files: this.#files, host: this, path });
  }

  #locateExisting(path: string, options: { readonly followLast: boolean }): (Place & { readonly inode: Inode }) | null {
    try {
      const place = this.locate(path, options);
      return place.inode ? { ...place, inode: place.inode } : null;
    } catch (error) {
      if (error instanceof GuestFileError && error.code === 'ENOENT') return null;
      throw error;
    }
  }
}

function isInWorkspace(path: string): boolean {
  return path === WORKSPACE || path.startsWith(`${WORKSPACE}/`);
}
