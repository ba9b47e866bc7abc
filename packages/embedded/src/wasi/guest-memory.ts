import { WasiError } from './errno.ts';
import type { WasmMemory } from './web-assembly.ts';

const MAXIMUM_IO_VECTORS = 1024;
const IO_VECTOR_BYTES = 8;
const MAXIMUM_PATH_BYTES = 4096;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A view of guest memory that checks every pointer and length, because both come from hostile code. */
export class GuestMemory {
  readonly #memory: WasmMemory;
  #bytes: Uint8Array;
  #view: DataView;

  constructor(memory: WasmMemory) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#view = new DataView(memory.buffer);
  }

  get size(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Returns a view of the guest memory itself, valid until the guest runs again. @throws {WasiError} `EFAULT`. */
  window(pointer: number, length: number): Uint8Array {
    const start = pointer >>> 0;
    const size = length >>> 0;
    this.#check(start, size);
    return this.#bytes.subarray(start, start + size);
  }

  setBytes(pointer: number, bytes: Uint8Array): void {
    this.window(pointer, bytes.length).set(bytes);
  }

  getUint8(pointer: number): number {
    this.#check(pointer >>> 0, 1);
    return this.#view.getUint8(pointer >>> 0);
  }

  getUint16(pointer: number): number {
    this.#check(pointer >>> 0, 2);
    return this.#view.getUint16(pointer >>> 0, true);
  }

  getUint32(pointer: number): number {
    this.#check(pointer >>> 0, 4);
    return this.#view.getUint32(pointer >>> 0, true);
  }

  getUint64(pointer: number): bigint {
    this.#check(pointer >>> 0, 8);
    return this.#view.getBigUint64(pointer >>> 0, true);
  }

  setUint32(pointer: number, value: number): void {
    this.#check(pointer >>> 0, 4);
    this.#view.setUint32(pointer >>> 0, value, true);
  }

  setUint64(pointer: number, value: bigint): void {
    this.#check(pointer >>> 0, 8);
    this.#view.setBigUint64(pointer >>> 0, value, true);
  }

  /** Reads a path. @throws {WasiError} `EILSEQ` if the name is not UTF-8, `ENAMETOOLONG`, `EINVAL` for NUL. */
  path(pointer: number, length: number): string {
    if (length >>> 0 > MAXIMUM_PATH_BYTES) throw new WasiError('ENAMETOOLONG');
    const bytes = this.window(pointer, length);
    if (bytes.includes(0)) throw new WasiError('EINVAL');
    try {
      return strictUtf8.decode(bytes);
    } catch {
      throw new WasiError('EILSEQ');
    }
  }

  /** Returns the views that an array of `iovec` describes. Their total size never exceeds the size of the memory. */
  ioVectors(pointer: number, count: number): { readonly windows: readonly Uint8Array[]; readonly total: number } {
    if (count >>> 0 > MAXIMUM_IO_VECTORS) throw new WasiError('EINVAL');
    const windows: Uint8Array[] = [];
    let total = 0;
    for (let index = 0; index < count >>> 0; index += 1) {
      const at = (pointer >>> 0) + index * IO_VECTOR_BYTES;
      const found = this.window(this.getUint32(at), this.getUint32(at + 4));
      total += found.length;
      if (found.length > 0) windows.push(found);
    }
    if (total > this.size) throw new WasiError('EINVAL');
    return { windows, total };
  }

  #check(start: number, size: number): void {
    if (start + size <= this.#bytes.length) return;
    // Growing detaches the old buffer, whose length then becomes 0.
    this.#bytes = new Uint8Array(this.#memory.buffer);
    this.#view = new DataView(this.#memory.buffer);
    if (start + size > this.#bytes.length) throw new WasiError('EFAULT');
  }
}

/** Copies `bytes` into the views, in order. */
export function scatter(windows: readonly Uint8Array[], bytes: Uint8Array): void {
  let taken = 0;
  for (const target of windows) {
    if (taken >= bytes.length) return;
    const part = bytes.subarray(taken, taken + target.length);
    target.set(part);
    taken += part.length;
  }
}

/** Copies the content of the views, in pieces of at most `pieceBytes`. */
export function* gather(windows: readonly Uint8Array[], pieceBytes: number): Generator<Uint8Array> {
  let pending: Uint8Array[] = [];
  let size = 0;
  for (const source of windows) {
    for (let at = 0; at < source.length; ) {
      const part = source.subarray(at, at + pieceBytes - size);
      pending.push(part);
      at += part.length;
      size += part.length;
      if (size < pieceBytes) continue;
      yield join(pending, size);
      pending = [];
      size = 0;
    }
  }
  if (size > 0) yield join(pending, size);
}

function join(parts: readonly Uint8Array[], size: number): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0].slice();
  const joined = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
