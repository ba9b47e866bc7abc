import { type FileInode, markModified } from '../../files/inode.ts';
import type { MemoryFileSystem } from '../../files/memory-file-system.ts';
import type { Place } from '../../files/path-walk.ts';
import { GuestFileError } from '../../guest/guest-file-error.ts';
import { ChildError } from './child-error.ts';
import { locateHostPath } from './locate-host-path.ts';

/** A file that is being uploaded. It gets its name only once it is complete, so no program sees a partial file. */
export class HostUpload {
  readonly #files: MemoryFileSystem;
  readonly #path: string;
  readonly #file: FileInode;

  /** Fails early if `commit` would fail. */
  constructor(files: MemoryFileSystem, path: string) {
    this.#files = files;
    this.#path = path;
    this.#file = files.tree.make.file(0o644);
    this.#file.handles = 1;
    this.#refuseDirectory();
  }

  write(bytes: Uint8Array): void {
    this.#files.tree.quota.changeBytes(bytes.length, this.#path);
    this.#file.content.write(this.#file.content.size, bytes);
  }

  /** Creates missing parent directories and puts the file in place. A link at that path is replaced. */
  commit(): void {
    const { tree } = this.#files;
    this.#makeParents();
    this.#refuseDirectory();
    const place = this.#locate(this.#path);
    markModified(this.#file);
    if (place.inode?.type === 'file') this.#file.mode = place.inode.mode;
    if (place.inode) tree.replace(place, this.#file);
    else tree.attach(place, this.#file);
    this.#close();
  }

  /** Discards the upload. An existing file stays unchanged. */
  abort(): void {
    this.#close();
  }

  #close(): void {
    this.#file.handles = 0;
    this.#files.tree.releaseIfUnused(this.#file);
  }

  #makeParents(): void {
    const { tree } = this.#files;
    const parts = this.#path.split('/');
    for (let count = 1; count < parts.length; count += 1) {
      const parent = parts.slice(0, count).join('/');
      if (parent === '') continue;
      const place = this.#locate(parent);
      if (!place.inode) tree.attach(place, tree.make.directory(0o755));
      if (locateHostPath(this.#files, { path: parent, followLast: true }).inode?.type !== 'directory') {
        throw new ChildError('not-directory', `${JSON.stringify(parent)} is not a directory.`);
      }
    }
  }

  #locate(path: string): Place {
    return locateHostPath(this.#files, { path, followLast: false });
  }

  #refuseDirectory(): void {
    try {
      if (this.#locate(this.#path).inode?.type !== 'directory') return;
    } catch (error) {
      if (error instanceof GuestFileError && error.code === 'ENOENT') return;
      throw error;
    }
    throw new ChildError('is-directory', `${JSON.stringify(this.#path)} is a directory.`);
  }
}
