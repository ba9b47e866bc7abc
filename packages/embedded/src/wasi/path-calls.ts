import { readTimes } from './descriptor-calls.ts';
import { WasiError } from './errno.ts';
import { writeFileStat } from './file-types.ts';
import { openPath } from './open-path.ts';
import type { WasiCalls } from './wasi-call.ts';
import type { WasiProcess } from './wasi-process.ts';

const FOLLOW_LINKS = 1;

/** Returns the calls that take a path. */
export function pathCalls(process: WasiProcess): WasiCalls {
  const { files } = process;
  return {
    path_open: (
      fd: number,
      lookup: number,
      pointer: number,
      length: number,
      creation: number,
      rights: bigint,
      _: bigint,
      flags: number,
      out: number,
    ) => {
      const opened = openPath(process, { ...process.resolve(fd, { pointer, length }), lookup, creation, rights, flags });
      process.memory.setUint32(out, opened);
    },
    path_create_directory: (fd: number, pointer: number, length: number) =>
      files.makeDirectory(process.resolve(fd, { pointer, length }).path),
    path_remove_directory: (fd: number, pointer: number, length: number) =>
      files.removeDirectory(process.resolve(fd, { pointer, length }).path),
    path_unlink_file: (fd: number, pointer: number, length: number) => {
      const { path, isDirectoryName } = process.resolve(fd, { pointer, length });
      if (isDirectoryName) throw new WasiError(files.stat(path).type === 'directory' ? 'EISDIR' : 'ENOTDIR');
      files.unlink(path);
    },
    ...statCalls(process),
    ...linkCalls(process),
  };
}

function statCalls(process: WasiProcess): WasiCalls {
  const { files } = process;
  return {
    path_filestat_get: (fd: number, lookup: number, pointer: number, length: number, out: number) => {
      const { path, isDirectoryName } = process.resolve(fd, { pointer, length });
      const stat = files.stat(path, { followLinks: isDirectoryName || (lookup & FOLLOW_LINKS) !== 0 });
      if (isDirectoryName && stat.type !== 'directory') throw new WasiError('ENOTDIR');
      writeFileStat(process.memory, out, stat);
    },
    path_filestat_set_times: (
      fd: number,
      lookup: number,
      pointer: number,
      length: number,
      accessed: bigint,
      modified: bigint,
      flags: number,
    ) => {
      const { path } = process.resolve(fd, { pointer, length });
      files.setTimes(path, { ...readTimes({ accessed, modified, flags }), followLinks: (lookup & FOLLOW_LINKS) !== 0 });
    },
  };
}

function linkCalls(process: WasiProcess): WasiCalls {
  const { files } = process;
  return {
    path_rename: (fd: number, pointer: number, length: number, toFd: number, toPointer: number, toLength: number) => {
      const from = process.resolve(fd, { pointer, length });
      const to = process.resolve(toFd, { pointer: toPointer, length: toLength });
      if ((from.isDirectoryName || to.isDirectoryName) && files.stat(from.path, { followLinks: false }).type !== 'directory') {
        throw new WasiError('ENOTDIR');
      }
      files.rename(from.path, to.path);
    },
    path_symlink: (targetPointer: number, targetLength: number, fd: number, pointer: number, length: number) => {
      const target = process.memory.path(targetPointer, targetLength);
      if (target === '') throw new WasiError('ENOENT');
      files.symlink(target, process.resolve(fd, { pointer, length }).path);
    },
    path_link: (fd: number, lookup: number, pointer: number, length: number, toFd: number, toPointer: number, toLength: number) => {
      const { path } = process.resolve(fd, { pointer, length });
      const existing = (lookup & FOLLOW_LINKS) === 0 ? path : files.realPath(path);
      files.link(existing, process.resolve(toFd, { pointer: toPointer, length: toLength }).path);
    },
    path_readlink: (fd: number, pointer: number, length: number, buffer: number, size: number, used: number) => {
      const target = new TextEncoder().encode(files.readLink(process.resolve(fd, { pointer, length }).path)).subarray(0, size >>> 0);
      process.memory.setBytes(buffer, target);
      process.memory.setUint32(used, target.length);
    },
  };
}
