import { GuestFileError } from '../guest/guest-file-error.ts';
import type { DirectoryEntry } from './directory-descriptor.ts';
import { type GuestMemory, gather, scatter } from './guest-memory.ts';
import { toSize, type WasiCalls } from './wasi-call.ts';
import type { WasiProcess } from './wasi-process.ts';

/** The maximum number of bytes that a read returns, and that a write passes on at a time. */
const PIECE_BYTES = 1024 * 1024;
const DIRECTORY_ENTRY_BYTES = 24;

interface Vectors {
  readonly pointer: number;
  readonly count: number;
  /** The address at which the number of moved bytes is stored. */
  readonly moved: number;
}

/** Returns the calls that read and write bytes. */
export function transferCalls(process: WasiProcess): WasiCalls {
  const { descriptors } = process;
  return {
    fd_read: (fd: number, pointer: number, count: number, moved: number) => {
      const descriptor = descriptors.get(fd);
      readInto(process.memory, { pointer, count, moved }, (length) => descriptor.read(length));
    },
    fd_pread: (fd: number, pointer: number, count: number, offset: bigint, moved: number) => {
      const descriptor = descriptors.get(fd);
      readInto(process.memory, { pointer, count, moved }, (length) => descriptor.readAt(toSize(offset), length));
    },
    fd_write: (fd: number, pointer: number, count: number, moved: number) => {
      const descriptor = descriptors.get(fd);
      writeFrom(process.memory, { pointer, count, moved }, (bytes) => descriptor.write(bytes));
    },
    fd_pwrite: (fd: number, pointer: number, count: number, offset: bigint, moved: number) => {
      const descriptor = descriptors.get(fd);
      writeFrom(process.memory, { pointer, count, moved }, (bytes, written) => descriptor.writeAt(toSize(offset) + written, bytes));
    },
    fd_readdir: (fd: number, pointer: number, length: number, cookie: bigint, used: number) => {
      const first = toSize(cookie);
      const target = process.memory.window(pointer, length);
      process.memory.setUint32(used, fillEntries(target, { first, entries: descriptors.directory(fd).entriesFrom(first) }));
    },
  };
}

function readInto(memory: GuestMemory, vectors: Vectors, read: (length: number) => Uint8Array): void {
  const { windows, total } = memory.ioVectors(vectors.pointer, vectors.count);
  const bytes = read(Math.min(total, PIECE_BYTES));
  scatter(windows, bytes);
  memory.setUint32(vectors.moved, bytes.length);
}

function writeFrom(memory: GuestMemory, vectors: Vectors, write: (bytes: Uint8Array, written: number) => void): void {
  const { windows, total } = memory.ioVectors(vectors.pointer, vectors.count);
  let written = 0;
  if (total === 0) write(new Uint8Array(0), 0);
  for (const piece of gather(windows, PIECE_BYTES)) {
    try {
      write(piece, written);
    } catch (error) {
      // As in POSIX, a partial write reports the bytes written; the next write reports the error.
      if (!(error instanceof GuestFileError) || written === 0) throw error;
      break;
    }
    written += piece.length;
  }
  memory.setUint32(vectors.moved, written);
}

/** Fills `target` with entries. The last entry may be truncated. For the guest, this means that there are more entries. */
function fillEntries(target: Uint8Array, list: { readonly first: number; readonly entries: readonly DirectoryEntry[] }): number {
  let used = 0;
  for (const [index, entry] of list.entries.entries()) {
    const record = encodeEntry(entry, list.first + index + 1);
    const part = record.subarray(0, target.length - used);
    target.set(part, used);
    used += part.length;
    if (part.length < record.length) break;
  }
  return used;
}

function encodeEntry(entry: DirectoryEntry, next: number): Uint8Array {
  const record = new Uint8Array(DIRECTORY_ENTRY_BYTES + entry.name.length);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(next), true);
  view.setBigUint64(8, BigInt(entry.inode), true);
  view.setUint32(16, entry.name.length, true);
  view.setUint8(20, entry.fileType);
  record.set(entry.name, DIRECTORY_ENTRY_BYTES);
  return record;
}
