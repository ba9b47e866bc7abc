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
  private readonly _options: HostUploadOptions;
  private readonly _file: FileInode;

  /** Refuses early what `commit` would refuse. */
  constructor(options: HostUploadOptions) {
    this._options = options;
    this._file = options.files.tree.make.file(0o644);
    this._file.handles = 1;
    this._refuseDirectory();
  }

  write(bytes: Uint8Array): void {
    this._options.files.tree.quota.changeBytes(bytes.length, this._options.path);
    this._file.content.write(this._file.content.size, bytes);
  }

  /** Makes the parents and puts the file in its place; a link there is replaced. */
  commit(): void {
    const { files, host, path } = this._options;
    this._makeParents();
    this._refuseDirectory();
    const place = host.locate(path, { followLast: false });
    markModified(this._file);
    if (place.inode?.type === 'file') this._file.mode = place.inode.mode;
    if (place.inode) files.tree.replace(place, this._file);
    else files.tree.attach(place, this._file);
    this._close();
  }

  /** Gives up; what was there before stays. */
  abort(): void {
    this._close();
  }

  private _close(): void {
    this._file.handles = 0;
    this._options.files.tree.releaseIfUnused(this._file);
  }

  private _makeParents(): void {
    const { files, host, path } = this._options;
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

  private _refuseDirectory(): void {
    const { host, path } = this._options;
    try {
      if (host.locate(path, { followLast: false }).inode?.type !== 'directory') return;
    } catch (error) {
      if (error instanceof GuestFileError && error.code === 'ENOENT') return;
      throw error;
    }
    throw new ChildError('is-directory', `${JSON.stringify(path)} is a directory.`);
  }
}
