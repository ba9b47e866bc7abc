import { randomFillSync } from 'node:crypto';
import type { DeviceInode } from './inode.ts';

const MAXIMUM_READ_BYTES = 1024 * 1024;

/**
 * Returns the bytes that a read from a device delivers. A console device returns no bytes here, because its streams belong to a process.
 */
export function readDevice(inode: DeviceInode, length: number): Uint8Array {
  const size = Math.min(length, MAXIMUM_READ_BYTES);
  if (inode.device === 'zero') return new Uint8Array(size);
  if (inode.device === 'random') return randomFillSync(new Uint8Array(size));
  return new Uint8Array(0);
}
