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

// Far above the inode numbers of the sandbox's files.
const FIRST_INODE = 2 ** 40;

/** A read-only tree of files in memory. All paths are absolute and normalized. */
export class ReadOnlyTree {
  readonly #root: string;
  readonly #files = new Map<string, FileNode>();
  readonly #directories = new Map<string, DirectoryNode>();
  #nextInode = FIRST_INODE;

  constructor(root: string, files: ReadonlyMap<string, Uint8Array>) {
    this.#root = root;
    this.#directory(root);
    for (const [name, bytes] of files) this.#add(`${root}/${name}`, bytes);
  }

  owns(path: string): boolean {
    return path.startsWith(this.#root) && (path.length === this.#root.length || path[this.#root.length] === '/');
  }

  file(path: string): Uint8Array | undefined {
    return this.#files.get(path)?.bytes;
  }

  /** Returns the attributes of a file or directory. @throws {GuestFileError} `ENOENT`, `ENOTDIR`. */
  stat(path: string): GuestStat {
    const file = this.#files.get(path);
    const times = { accessedMs: 0, modifiedMs: 0, changedMs: 0 };
    if (file) return { inode: file.inode, type: 'file', size: file.bytes.length, mode: 0o444, links: 1, ...times };
    return { inode: this.#find(path).inode, type: 'directory', size: 0, mode: 0o555, links: 2, ...times };
  }

  /** Returns the entries of a directory. @throws {GuestFileError} `ENOENT`, `ENOTDIR`. */
  list(path: string): readonly GuestDirectoryEntry[] {
    if (this.#files.has(path)) throw new GuestFileError('ENOTDIR', path);
    return [...this.#find(path).entries.values()];
  }

  #find(path: string): DirectoryNode {
    const found = this.#directories.get(path);
    if (found) return found;
    throw new GuestFileError(this.#files.has(parentOf(path)) ? 'ENOTDIR' : 'ENOENT', path);
  }

  #add(path: string, bytes: Uint8Array): void {
    const inode = this.#nextInode++;
    this.#files.set(path, { inode, bytes });
    const name = path.slice(path.lastIndexOf('/') + 1);
    this.#directory(parentOf(path)).entries.set(name, { name, type: 'file', inode });
  }

  #directory(path: string): DirectoryNode {
    const known = this.#directories.get(path);
    if (known) return known;
    const made: DirectoryNode = { inode: this.#nextInode++, entries: new Map() };
    this.#directories.set(path, made);
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (path !== this.#root) this.#directory(parentOf(path)).entries.set(name, { name, type: 'directory', inode: made.inode });
    return made;
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
