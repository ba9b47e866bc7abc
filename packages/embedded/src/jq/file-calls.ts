import type { GuestStat } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';
import { WASI_ERRNO, WasiError } from '../wasi/errno.ts';
import type { GuestMemory } from '../wasi/guest-memory.ts';
import { type ResolvedPath, resolveGuestPath } from '../wasi/guest-path.ts';
import { openPath } from '../wasi/open-path.ts';
import { WASI_RIGHT } from '../wasi/rights.ts';
import type { WasiCall, WasiCalls } from '../wasi/wasi-call.ts';
import type { WasiProcess } from '../wasi/wasi-process.ts';
import { readCPath } from './c-memory.ts';

const NOT_A_TERMINAL = 59;
const RANGE = 68;
const ACCESS_MODE = 3;
const NO_FOLLOW = 256;
const FOLLOW_LINKS = 1;
const STAT_BYTES = 96;
const BLOCK_BYTES = 512;
const READING = { lookup: FOLLOW_LINKS, creation: 0, rights: WASI_RIGHT.FD_READ, flags: 0 };
/** The bits of `st_mode` for each type of file. */
const TYPE_BITS = { file: 0o100_000, directory: 0o040_000, symlink: 0o120_000, device: 0o020_000 } as const;

/** Converts an error to a negative error number, as Linux does. Emscripten has the error numbers of WASI. */
function systemCall(call: WasiCall): WasiCall {
  return (...values) => {
    try {
      return call(...values);
    } catch (error) {
      if (!(error instanceof WasiError || error instanceof GuestFileError)) throw error;
      return -(error.code in WASI_ERRNO ? WASI_ERRNO[error.code] : WASI_ERRNO.EIO);
    }
  };
}

/** Returns the system calls for files. Files can only be read, because jq never writes files. */
export function fileCalls(process: WasiProcess): WasiCalls {
  const calls: WasiCalls = {
    __syscall_openat: (_directory: number, path: number, flags: number) => open(process, path, flags),
    __syscall_fcntl64: () => 0,
    __syscall_ioctl: () => -NOT_A_TERMINAL,
    __syscall_getcwd: (pointer: number, size: number) => currentDirectory(process, pointer, size),
    __syscall_readlinkat: (_directory: number, path: number, pointer: number, size: number) =>
      readLink(process, path, process.memory.window(pointer, size)),
    ...statCalls(process),
  };
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, systemCall(call)]));
}

function statCalls(process: WasiProcess): WasiCalls {
  const stat = (path: number, followLinks: boolean): GuestStat => process.files.stat(resolved(process, path).path, { followLinks });
  const write = (pointer: number, found: GuestStat): number => writeStat(process.memory, pointer, found);
  return {
    __syscall_stat64: (path: number, pointer: number) => write(pointer, stat(path, true)),
    __syscall_lstat64: (path: number, pointer: number) => write(pointer, stat(path, false)),
    __syscall_newfstatat: (_directory: number, path: number, pointer: number, flags: number) =>
      write(pointer, stat(path, (flags & NO_FOLLOW) === 0)),
    __syscall_fstat64: (fd: number, pointer: number) => write(pointer, process.descriptors.get(fd).stat()),
  };
}

/** Resolves a path against the working directory. jq never opens a directory to resolve a path against. */
function resolved(process: WasiProcess, pointer: number): ResolvedPath {
  return resolveGuestPath(process.files, process.context.cwd, readCPath(process.memory, pointer));
}

function open(process: WasiProcess, path: number, flags: number): number {
  if ((flags & ACCESS_MODE) !== 0) throw new WasiError('EROFS');
  return openPath(process, { ...resolved(process, path), ...READING });
}

function currentDirectory(process: WasiProcess, pointer: number, size: number): number {
  const path = Buffer.from(`${process.context.cwd}\0`);
  if (path.length > size >>> 0) return -RANGE;
  process.memory.setBytes(pointer, path);
  return path.length;
}

function readLink(process: WasiProcess, path: number, target: Uint8Array): number {
  const link = Buffer.from(process.files.readLink(resolved(process, path).path)).subarray(0, target.length);
  target.set(link);
  return link.length;
}

/** Writes Emscripten's `struct stat`. */
function writeStat(memory: GuestMemory, pointer: number, stat: GuestStat): number {
  memory.window(pointer, STAT_BYTES).fill(0);
  const at = pointer >>> 0;
  memory.setUint32(at, 1);
  memory.setUint32(at + 4, (stat.mode & 0o7777) | TYPE_BITS[stat.type]);
  memory.setUint32(at + 8, stat.links);
  memory.setUint64(at + 24, BigInt(stat.size));
  memory.setUint32(at + 32, BLOCK_BYTES);
  memory.setUint32(at + 36, Math.ceil(stat.size / BLOCK_BYTES));
  memory.setUint64(at + 88, BigInt(stat.inode));
  return 0;
}
