import type { GuestDirectoryEntry, GuestStat } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';

interface FileNode {
  readonly inode: number;
  readonly bytes: Uint8Array;
}

interface DirectoryNode {
  readonly inode: number;
  readonly entries: Map<string, GuestDirectoryEntry>;
}

// Far above the numbers that the sandbox's own files get.
const FIRST_INODE = 2 ** 40;

/** A read-only tree of files in memory, by absolute normalised paths. */
export class ReadOnlyTree {
  private readonly _root: string;
  private readonly _files = new Map<string, FileNode>();
  private readonly _directories = new Map<string, DirectoryNode>();
  private _nextInode = FIRST_INODE;

  constructor(root: string, files: ReadonlyMap<string, Uint8Array>) {
    this._root = root;
    this._directory(root);
    for (const [name, bytes] of files) this._add(`${root}/${name}`, bytes);
  }

  owns(path: string): boolean {
    return path.startsWith(this._root) && (path.length === this._root.length || path[this._root.length] === '/');
  }

  file(path: string): Uint8Array | undefined {
    return this._files.get(path)?.bytes;
  }

  /** @throws {GuestFileError} `ENOENT`, `ENOTDIR`. */
  stat(path: string): GuestStat {
    const file = this._files.get(path);
    const times = { accessedMs: 0, modifiedMs: 0, changedMs: 0 };
    if (file) return { inode: file.inode, type: 'file', size: file.bytes.length, mode: 0o444, links: 1, ...times };
    return { inode: this._find(path).inode, type: 'directory', size: 0, mode: 0o555, links: 2, ...times };
  }

  /** @throws {GuestFileError} `ENOENT`, `ENOTDIR`. */
  list(path: string): readonly GuestDirectoryEntry[] {
    if (this._files.has(path)) throw new GuestFileError('ENOTDIR', path);
    return [...this._find(path).entries.values()];
  }

  private _find(path: string): DirectoryNode {
    const found = this._directories.get(path);
    if (found) return found;
    throw new GuestFileError(this._files.has(parentOf(path)) ? 'ENOTDIR' : 'ENOENT', path);
  }

  private _add(path: string, bytes: Uint8Array): void {
    const inode = this._nextInode++;
    this._files.set(path, { inode, bytes });
    const name = path.slice(path.lastIndexOf('/') + 1);
    this._directory(parentOf(path)).entries.set(name, { name, type: 'file', inode });
  }

  private _directory(path: string): DirectoryNode {
    const known = this._directories.get(path);
    if (known) return known;
    const made: DirectoryNode = { inode: this._nextInode++, entries: new Map() };
    this._directories.set(path, made);
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (path !== this._root) this._directory(parentOf(path)).entries.set(name, { name, type: 'directory', inode: made.inode });
    return made;
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
