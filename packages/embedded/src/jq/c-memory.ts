import { WasiError } from '../wasi/errno.ts';
import type { GuestMemory } from '../wasi/guest-memory.ts';

/** Reads bytes up to the next NUL. @throws {WasiError} `EFAULT` or `EINVAL` if there is no NUL. */
export function readCBytes(memory: GuestMemory, pointer: number): Uint8Array {
  const start = pointer >>> 0;
  const window = memory.window(start, memory.size - start);
  const length = window.indexOf(0);
  if (length < 0) throw new WasiError('EINVAL');
  return window.slice(0, length);
}

/** Reads a path. @throws {WasiError} the same errors as `GuestMemory.path`. */
export function readCPath(memory: GuestMemory, pointer: number): string {
  return memory.path(pointer, readCBytes(memory, pointer).length);
}

export function readInt32(memory: GuestMemory, pointer: number): number {
  return memory.getUint32(pointer) | 0;
}
