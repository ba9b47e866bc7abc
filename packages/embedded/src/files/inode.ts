import type { GuestStat } from '../guest/guest-contract.ts';
import { FileContent } from './file-content.ts';

interface InodeBase {
  readonly number: number;
  mode: number;
  /** The number of names that refer to this inode. */
  links: number;
  /** The number of open handles. The content is freed once both counts are zero. */
  handles: number;
  accessedMs: number;
  modifiedMs: number;
  changedMs: number;
}

export interface FileInode extends InodeBase {
  readonly type: 'file';
  content: FileContent;
}

export interface DirectoryInode extends InodeBase {
  readonly type: 'directory';
  readonly entries: Map<string, Inode>;
  /** True for a directory that belongs to the sandbox itself and cannot be removed or renamed. */
  isPinned: boolean;
  /** True if entries can be neither added nor removed. */
  isReadOnly: boolean;
}

export interface SymlinkInode extends InodeBase {
  readonly type: 'symlink';
  readonly target: string;
}

export type DeviceName = 'null' | 'zero' | 'random' | 'stdin' | 'stdout' | 'stderr';

export interface DeviceInode extends InodeBase {
  readonly type: 'device';
  readonly device: DeviceName;
}

export type Inode = FileInode | DirectoryInode | SymlinkInode | DeviceInode;

/** Creates inodes. Inode numbers are never reused. */
export class InodeMaker {
  #next = 1;

  file(mode: number): FileInode {
    return { type: 'file', content: new FileContent(), ...this.#base(mode) };
  }

  directory(mode: number): DirectoryInode {
    return { type: 'directory', entries: new Map(), isPinned: false, isReadOnly: false, ...this.#base(mode) };
  }

  symlink(target: string): SymlinkInode {
    return { type: 'symlink', target, ...this.#base(0o777) };
  }

  device(device: DeviceName): DeviceInode {
    return { type: 'device', device, ...this.#base(0o666) };
  }

  #base(mode: number): InodeBase {
    const now = Date.now();
    const number = this.#next;
    this.#next += 1;
    return { number, mode: mode & 0o7777, links: 0, handles: 0, accessedMs: now, modifiedMs: now, changedMs: now };
  }
}

/** Returns the number of bytes that an inode counts against the quota, not including its names. */
export function inodeBytes(inode: Inode): number {
  if (inode.type === 'file') return inode.content.size;
  return inode.type === 'symlink' ? Buffer.byteLength(inode.target) : 0;
}

export function inodeStat(inode: Inode): GuestStat {
  const { type, mode, accessedMs, modifiedMs, changedMs } = inode;
  const size = type === 'directory' ? 4096 : inodeBytes(inode);
  return { inode: inode.number, type, size, mode, links: inode.links, accessedMs, modifiedMs, changedMs };
}

/** Records that the content changed. */
export function markModified(inode: Inode): void {
  const now = Date.now();
  inode.modifiedMs = now;
  inode.changedMs = now;
}
