import { GuestFileError } from '../guest/guest-file-error.ts';
import { type DirectoryInode, type Inode, InodeMaker, inodeBytes, markModified } from './inode.ts';
import { PathWalk, type Place, placePath } from './path-walk.ts';
import type { StorageQuota } from './storage-quota.ts';

/** Manages directories and their entries: looks up, adds and removes names, and counts them against the quota. */
export class FileTree {
  readonly make: InodeMaker = new InodeMaker();
  readonly root: DirectoryInode;
  readonly quota: StorageQuota;

  constructor(quota: StorageQuota) {
    this.quota = quota;
    this.root = this.make.directory(0o755);
    this.root.isPinned = true;
    this.root.links = 1;
  }

  /**
   * Finds the place at a path. @throws {GuestFileError} `ENOENT` or `ENOTDIR` for the parts before the last part, `ELOOP`, `ENAMETOOLONG`,
   * `EINVAL`.
   */
  lookup(path: string, options: { readonly followLast: boolean }): Place {
    if (path !== '' && !path.startsWith('/')) throw new GuestFileError('EINVAL', path);
    return new PathWalk(path, { root: this.root, followLast: options.followLast }).end();
  }

  /** Returns the inode at a path. @throws {GuestFileError} the errors of {@link FileTree.lookup}, and `ENOENT` if there is no inode. */
  find(path: string, options: { readonly followLast: boolean }): Inode {
    const { inode } = this.lookup(path, options);
    if (!inode) throw new GuestFileError('ENOENT', path);
    return inode;
  }

  /** Adds an inode at a free place. */
  attach(place: Place, inode: Inode): void {
    const path = placePath(place);
    const directory = changeableDirectory(place, path);
    const isNew = inode.links === 0 && inode.handles === 0;
    const bytes = isNew ? inodeBytes(inode) : 0;
    this.quota.addEntry({ path, bytes });
    directory.entries.set(place.name, inode);
    inode.links += 1;
    inode.changedMs = Date.now();
    markModified(directory);
  }

  /** Removes the name at a place. The inode is freed once it has no name and no open handle. */
  detach(place: Place): void {
    const directory = changeableDirectory(place, placePath(place));
    if (!place.inode) return;
    directory.entries.delete(place.name);
    this.quota.removeEntry();
    place.inode.links -= 1;
    place.inode.changedMs = Date.now();
    markModified(directory);
    this.releaseIfUnused(place.inode);
  }

  /** Replaces the inode of an existing name. */
  replace(place: Place, inode: Inode): void {
    const directory = changeableDirectory(place, placePath(place));
    directory.entries.set(place.name, inode);
    inode.links += 1;
    markModified(directory);
    if (!place.inode) return;
    place.inode.links -= 1;
    this.releaseIfUnused(place.inode);
  }

  /** Moves a name. In the same step, removes any previous entry at the destination. */
  move(from: Place, to: Place): void {
    const source = changeableDirectory(from, placePath(from));
    const destination = changeableDirectory(to, placePath(to));
    if (!from.inode) return;
    if (to.inode) this.detach(to);
    source.entries.delete(from.name);
    destination.entries.set(to.name, from.inode);
    from.inode.changedMs = Date.now();
    markModified(source);
    markModified(destination);
  }

  /** Returns the bytes of an inode to the quota if the inode has no name and no open handle. */
  releaseIfUnused(inode: Inode): void {
    if (inode.links > 0 || inode.handles > 0) return;
    this.quota.changeBytes(-inodeBytes(inode), '');
    if (inode.type === 'file') inode.content.truncate(0);
  }
}

/**
 * Returns the directory that contains a place.
 * @throws {GuestFileError} `EBUSY` for a pinned directory or the root, `EROFS` if the directory is read-only.
 */
function changeableDirectory(place: Place, path: string): DirectoryInode {
  const directory = place.trail.at(-1)?.directory;
  if (!directory || (place.inode?.type === 'directory' && place.inode.isPinned)) throw new GuestFileError('EBUSY', path);
  if (directory.isReadOnly) throw new GuestFileError('EROFS', path);
  return directory;
}
