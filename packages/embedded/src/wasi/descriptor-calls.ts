import { WasiError } from './errno.ts';
import { fromNanoseconds, writeFileStat } from './file-types.ts';
import { ALL_RIGHTS } from './rights.ts';
import { toSize, type WasiCalls } from './wasi-call.ts';
import type { WasiProcess } from './wasi-process.ts';

const ROOT_NAME = new TextEncoder().encode('/');

/** Returns the calls that read or change the state of a descriptor. */
export function descriptorCalls(process: WasiProcess): WasiCalls {
  const { descriptors } = process;
  return {
    fd_close: (fd: number) => descriptors.close(fd),
    fd_renumber: (from: number, to: number) => descriptors.renumber(from, to),
    fd_advise: (fd: number) => void descriptors.get(fd),
    fd_sync: (fd: number) => descriptors.get(fd).sync(),
    fd_datasync: (fd: number) => descriptors.get(fd).sync(),
    fd_fdstat_get: (fd: number, pointer: number) => writeDescriptorStat(process, fd, pointer),
    fd_fdstat_set_flags: (fd: number, flags: number) => {
      descriptors.get(fd).flags = flags & 0x1f;
    },
    fd_fdstat_set_rights: (fd: number) => void descriptors.get(fd),
    fd_prestat_get: (fd: number, pointer: number) => {
      requirePreopened(process, fd);
      process.memory.setUint32(pointer, 0);
      process.memory.setUint32((pointer >>> 0) + 4, ROOT_NAME.length);
    },
    fd_prestat_dir_name: (fd: number, pointer: number, length: number) => {
      requirePreopened(process, fd);
      if (length >>> 0 < ROOT_NAME.length) throw new WasiError('ENAMETOOLONG');
      process.memory.setBytes(pointer, ROOT_NAME);
    },
    ...fileCalls(process),
  };
}

function fileCalls(process: WasiProcess): WasiCalls {
  const { descriptors } = process;
  return {
    fd_filestat_get: (fd: number, pointer: number) => writeFileStat(process.memory, pointer, descriptors.get(fd).stat()),
    fd_filestat_set_size: (fd: number, size: bigint) => descriptors.get(fd).truncate(toSize(size)),
    fd_filestat_set_times: (fd: number, accessed: bigint, modified: bigint, flags: number) =>
      descriptors.get(fd).setTimes(readTimes({ accessed, modified, flags })),
    fd_allocate: (fd: number, offset: bigint, length: bigint) => {
      const descriptor = descriptors.get(fd);
      const size = toSize(offset) + toSize(length);
      if (size > descriptor.stat().size) descriptor.truncate(size);
    },
    fd_seek: (fd: number, offset: bigint, whence: number, pointer: number) =>
      process.memory.setUint64(pointer, BigInt(descriptors.get(fd).seek(Number(offset), whence))),
    fd_tell: (fd: number, pointer: number) => process.memory.setUint64(pointer, BigInt(descriptors.get(fd).seek(0, 1))),
  };
}

/** Decodes the four time flags of WASI. @throws {WasiError} `EINVAL` if both flags of one time are set. */
export function readTimes(asked: { readonly accessed: bigint; readonly modified: bigint; readonly flags: number }): {
  readonly accessedMs?: number;
  readonly modifiedMs?: number;
} {
  const accessedMs = readTime(asked.accessed, asked.flags & 3);
  const modifiedMs = readTime(asked.modified, (asked.flags >> 2) & 3);
  return { ...(accessedMs === undefined ? {} : { accessedMs }), ...(modifiedMs === undefined ? {} : { modifiedMs }) };
}

function readTime(time: bigint, flags: number): number | undefined {
  if (flags === 3) throw new WasiError('EINVAL');
  if (flags === 2) return Date.now();
  return flags === 1 ? fromNanoseconds(BigInt.asUintN(64, time)) : undefined;
}

function requirePreopened(process: WasiProcess, fd: number): void {
  let isPreopened = false;
  try {
    isPreopened = process.descriptors.directory(fd).isPreopened;
  } catch {
    // A closed descriptor and a file cause the same error. For the guest, the error means the end of the list of open directories.
  }
  if (!isPreopened) throw new WasiError('EBADF');
}

function writeDescriptorStat(process: WasiProcess, fd: number, pointer: number): void {
  const descriptor = process.descriptors.get(fd);
  const { memory } = process;
  memory.window(pointer, 24).fill(0);
  memory.setUint32(pointer, descriptor.fileType | (descriptor.flags << 16));
  memory.setUint64((pointer >>> 0) + 8, descriptor.rights);
  memory.setUint64((pointer >>> 0) + 16, ALL_RIGHTS);
}
