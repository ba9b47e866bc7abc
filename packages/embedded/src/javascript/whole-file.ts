import type { GuestFileSystem } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';
import { GuestMemoryError } from './guest-memory-error.ts';
import { openOptions } from './open-handles.ts';

const chunkBytes = 1 << 20;

/** Reads an open file to its end. @throws {GuestMemoryError} if the file has more than `limit` bytes. */
export function readToEnd(read: (length: number) => Uint8Array, limit: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (let chunk = read(chunkBytes); chunk.length > 0; chunk = read(chunkBytes)) {
    total += chunk.length;
    if (total > limit) throw new GuestMemoryError(total);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : new Uint8Array(Buffer.concat(chunks));
}

export function readWholeFile(files: GuestFileSystem, { path, limit }: { readonly path: string; readonly limit: number }): Uint8Array {
  if (files.stat(path).type === 'directory') throw new GuestFileError('EISDIR', path);
  const handle = files.open(path, { read: true });
  try {
    let position = 0;
    const read = (length: number): Uint8Array => {
      const bytes = files.read(handle, position, length);
      position += bytes.length;
      return bytes;
    };
    return readToEnd(read, limit);
  } finally {
    files.close(handle);
  }
}

export interface WholeFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly flags: string;
  readonly mode: number;
}

export function writeWholeFile(files: GuestFileSystem, { path, bytes, flags, mode }: WholeFile): void {
  const handle = files.open(path, openOptions(flags, mode));
  try {
    files.write(handle, flags.includes('a') ? 'end' : 0, bytes);
  } finally {
    files.close(handle);
  }
}
