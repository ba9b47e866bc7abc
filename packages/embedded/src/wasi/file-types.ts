import type { GuestFileType, GuestStat } from '../guest/guest-contract.ts';
import type { GuestMemory } from './guest-memory.ts';

/** The values of `filetype` in WASI preview 1. There is no value for pipes, so a pipe is `unknown`. */
export const WASI_FILE_TYPE: Readonly<Record<GuestFileType | 'unknown', number>> = {
  unknown: 0,
  device: 2,
  directory: 3,
  file: 4,
  symlink: 7,
};

/**
 * Writes a `filestat` of 64 bytes. It has no field for permission bits, so they are written to the upper half of the device
 * number, which the C library passes on as is.
 */
export function writeFileStat(memory: GuestMemory, pointer: number, stat: GuestStat): void {
  memory.window(pointer, 64).fill(0);
  const at = pointer >>> 0;
  memory.setUint64(at, (BigInt(stat.mode) << 32n) | 1n);
  memory.setUint64(at + 8, BigInt(stat.inode));
  memory.setUint32(at + 16, WASI_FILE_TYPE[stat.type]);
  memory.setUint64(at + 24, BigInt(stat.links));
  memory.setUint64(at + 32, BigInt(stat.size));
  memory.setUint64(at + 40, toNanoseconds(stat.accessedMs));
  memory.setUint64(at + 48, toNanoseconds(stat.modifiedMs));
  memory.setUint64(at + 56, toNanoseconds(stat.changedMs));
}

/** Rounds to whole microseconds, because milliseconds in a double are not more precise. */
function toNanoseconds(milliseconds: number): bigint {
  return BigInt(Math.max(0, Math.round(milliseconds * 1000))) * 1000n;
}

export function fromNanoseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1000n) / 1000;
}
