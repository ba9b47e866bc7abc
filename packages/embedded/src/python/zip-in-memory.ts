import { inflateRawSync } from 'node:zlib';
import type { MemoryRange } from '../wasi/without-data.ts';

const END_OF_DIRECTORY = Buffer.from('PK\x05\x06', 'latin1');
const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_RECORD = 0x02014b50;
const END_BYTES = 22;
const RECORD_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/** A zip archive in a module's memory. */
export interface ZipInMemory {
  readonly range: MemoryRange;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads the files from a zip archive in a module's memory. CPython for WASI contains its standard library as such an archive.
 *
 * @throws {Error} if the memory contains no archive.
 */
export function readZipInMemory(memory: Uint8Array): ZipInMemory {
  const bytes = Buffer.from(memory.buffer, memory.byteOffset, memory.byteLength);
  for (let at = bytes.indexOf(END_OF_DIRECTORY); at >= 0; at = bytes.indexOf(END_OF_DIRECTORY, at + 1)) {
    const start = archiveStart(bytes, at);
    if (start !== undefined) return { range: { start, end: at + END_BYTES }, files: readEntries(bytes, { start, end: at }) };
  }
  throw new Error('Expected a zip archive with the standard library inside the Python module, found none.');
}

/** Returns the start of the archive that ends at `end`. Returns undefined if the marker at `end` is a coincidence. */
function archiveStart(bytes: Buffer, end: number): number | undefined {
  if (end + END_BYTES > bytes.length || bytes.readUInt16LE(end + 10) === 0) return undefined;
  const start = end - bytes.readUInt32LE(end + 12) - bytes.readUInt32LE(end + 16);
  return start >= 0 && bytes.readUInt32LE(start) === LOCAL_HEADER ? start : undefined;
}

function readEntries(bytes: Buffer, archive: { readonly start: number; readonly end: number }): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const count = bytes.readUInt16LE(archive.end + 10);
  let at = archive.start + bytes.readUInt32LE(archive.end + 16);
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_RECORD) throw new Error(`Expected record ${index} of the zip archive at byte ${at}.`);
    const nameBytes = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + RECORD_BYTES, at + RECORD_BYTES + nameBytes);
    if (!name.endsWith('/')) files.set(name, readContent(bytes, { record: at, start: archive.start }));
    at += RECORD_BYTES + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

function readContent(bytes: Buffer, entry: { readonly record: number; readonly start: number }): Uint8Array {
  const header = entry.start + bytes.readUInt32LE(entry.record + 42);
  const start = header + LOCAL_HEADER_BYTES + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
  const packed = bytes.subarray(start, start + bytes.readUInt32LE(entry.record + 20));
  const method = bytes.readUInt16LE(entry.record + 10);
  if (method === STORED) return packed;
  if (method !== DEFLATED) throw new Error(`Expected stored or deflated files in the zip archive, found compression method ${method}.`);
  return inflateRawSync(packed);
}
