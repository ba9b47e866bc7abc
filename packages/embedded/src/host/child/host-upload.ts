import { type FileInode, markModified } from '../../files/inode.ts';
import type { MemoryFileSystem } from '../../files/memory-file-system.ts';
import { GuestFileError } from '../../guest/guest-file-error.ts';
import { ChildError } from './child-error.ts';
import type { HostFiles } from './host-files.ts';

export interface HostUploadOptions {
  readonly files: MemoryFileSystem;
  readonly host: HostFiles;
  readonly path: string;
}

/** A file on its way in: without a name until all of it has arrived, so that nobody sees a part of it. */
export class HostUpload {
  readonly #options: HostUploadOptions;
  readonly #file: FileInode;

  /** Refuses early what `commit` would refuse. */
  constructor(options: HostUploadOptions) {
    this.#options = options;
    this.#file = options.files.tree.make.file(0o644);
    this.#file.handles = 1;
    this.#refuseDirectory();
  }

  write(bytes: Uint8Array): void {
    this.#options.files.tree.quota.changeBytes(bytes.length, this.#options.path);
    this.#file.content.write(this.#file.content.size, bytes);
  }

  /** Makes the parents and puts the file in its place; a link there is replaced. */
  commit(): void {
    const { files, host, path } = this.#options;
    this.#makeParents();
    this.#refuseDirectory();
    const place = host.locate(path, { followLast: false });
    markModified(this.#file);
    if (place.inode?.type === 'file') this.#file.mode = place.inode.mode;
    if (place.inode) files.tree.replace(place, this.#file);
    else files.tree.attach(place, this.#file);
    this.#close();
  }

  /** Gives up; what was there before stays. */
  abort(): void {
    this.#close();
  }

  #close(): void {
    this.#file.handles = 0;
    this.#options.files.tree.releaseIfUnused(this.#file);
  }

  #makeParents(): void {
    const { files, host, path } = this.#options;
    const parts = path.split('/');
    for (let count = 1; count < parts.length; count += 1) {
      const parent = parts.slice(0, count).join('/');
      if (parent === '') continue;
      if (!host.locate(parent, { followLast: false }).inode)
        files.tree.attach(host.locate(parent, { followLast: false }), files.tree.make.directory(0o755));
      if (host.locate(parent, { followLast: true }).inode?.type !== 'directory') {
        throw new ChildError('not-directory', `${JSON.stringify(parent)} is not a directory.`);
      }
    }
  }

  #refuseDirectory(): void {
    const { host, path } = this.#options;
    try {
      if (host.locate(path, { followLast: false }).inode?.type !== 'directory') return;
    } catch (error) {
      if (error instanceof GuestFileError && error.code === 'ENOENT') return;
      throw error;
    }
    throw new ChildError('is-directory', `${JSON.stringify(path)} is a directory.`);
  }
}
