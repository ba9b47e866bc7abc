import { randomFillSync } from 'node:crypto';
import type { DeviceInode } from './inode.ts';

const MAXIMUM_READ_BYTES = 1024 * 1024;

/** Returns the bytes for a read from a device. The console devices return no bytes here, because their streams belong to a process. */
export function readDevice(inode: DeviceInode, length: number): Uint8Array {
  const size = Math.min(length, MAXIMUM_READ_BYTES);
  if (inode.device === 'zero') return new Uint8Array(size);
  if (inode.device === 'random') return randomFillSync(new Uint8Array(size));
  return new Uint8Array(0);
}
