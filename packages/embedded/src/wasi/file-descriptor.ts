import type { GuestFileSystem, GuestStat } from '../guest/guest-contract.ts';
import { Descriptor } from './descriptor.ts';
import { WasiError } from './errno.ts';
import { WASI_FILE_TYPE } from './file-types.ts';

const APPEND = 1;

export interface OpenedFile {
  readonly files: GuestFileSystem;
  readonly handle: number;
  /** The path under which the file was opened. The file system needs a path to set times. */
  readonly path: string;
  readonly type: 'file' | 'device';
  readonly flags: number;
}

/** An open file, or a device without a position such as `/dev/null`. */
export class FileDescriptor extends Descriptor {
  override readonly fileType: number;
  readonly #opened: OpenedFile;
  #position = 0;

  constructor(opened: OpenedFile) {
    super();
    this.#opened = opened;
    this.fileType = WASI_FILE_TYPE[opened.type];
    this.flags = opened.flags;
  }

  override stat(): GuestStat {
    return this.#opened.files.statHandle(this.#opened.handle);
  }

  override read(length: number): Uint8Array {
    const bytes = this.#opened.files.read(this.#opened.handle, this.#position, length);
    this.#advance(bytes.length);
    return bytes;
  }

  override readAt(position: number, length: number): Uint8Array {
    return this.#opened.files.read(this.#opened.handle, position, length);
  }

  override write(bytes: Uint8Array): void {
    const position = (this.flags & APPEND) === 0 ? this.#position : 'end';
    const after = this.#opened.files.write(this.#opened.handle, position, bytes);
    if (this.#opened.type === 'file') this.#position = after;
  }

  override writeAt(position: number, bytes: Uint8Array): void {
    this.#opened.files.write(this.#opened.handle, position, bytes);
  }

  override seek(offset: number, whence: number): number {
    const position = offset + this.#base(whence);
    if (!Number.isSafeInteger(position) || position < 0) throw new WasiError('EINVAL');
    if (this.#opened.type === 'file') this.#position = position;
    return this.#position;
  }

  override truncate(size: number): void {
    this.#opened.files.truncate(this.#opened.handle, size);
  }

  override setTimes(times: { readonly accessedMs?: number; readonly modifiedMs?: number }): void {
    this.#opened.files.setTimes(this.#opened.path, times);
  }

  override close(): void {
    this.#opened.files.close(this.#opened.handle);
  }

  #advance(bytes: number): void {
    if (this.#opened.type === 'file') this.#position += bytes;
  }

  #base(whence: number): number {
    if (whence === 0) return 0;
    if (whence === 1) return this.#position;
    if (whence === 2) return this.stat().size;
    throw new WasiError('EINVAL');
  }
}
