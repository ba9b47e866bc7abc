import type { GuestFileSystem, GuestStat } from '../guest/guest-contract.ts';
import { Descriptor } from './descriptor.ts';
import { WasiError } from './errno.ts';
import { WASI_FILE_TYPE } from './file-types.ts';

const APPEND = 1;

export interface OpenedFile {
  readonly files: GuestFileSystem;
  readonly handle: number;
  /** Where it was opened: the only name the file system knows to set times by. */
  readonly path: string;
  readonly type: 'file' | 'device';
  readonly flags: number;
}

/** An open file, or a device without a position such as `/dev/null`. */
export class FileDescriptor extends Descriptor {
  override readonly fileType: number;
  private readonly _opened: OpenedFile;
  private _position = 0;

  constructor(opened: OpenedFile) {
    super();
    this._opened = opened;
    this.fileType = WASI_FILE_TYPE[opened.type];
    this.flags = opened.flags;
  }

  override stat(): GuestStat {
    return this._opened.files.statHandle(this._opened.handle);
  }

  override read(length: number): Uint8Array {
    const bytes = this._opened.files.read(this._opened.handle, this._position, length);
    this._advance(bytes.length);
    return bytes;
  }

  override readAt(position: number, length: number): Uint8Array {
    return this._opened.files.read(this._opened.handle, position, length);
  }

  override write(bytes: Uint8Array): void {
    const position = (this.flags & APPEND) === 0 ? this._position : 'end';
    const after = this._opened.files.write(this._opened.handle, position, bytes);
    if (this._opened.type === 'file') this._position = after;
  }

  override writeAt(position: number, bytes: Uint8Array): void {
    this._opened.files.write(this._opened.handle, position, bytes);
  }

  override seek(offset: number, whence: number): number {
    const position = offset + this._base(whence);
    if (!Number.isSafeInteger(position) || position < 0) throw new WasiError('EINVAL');
    if (this._opened.type === 'file') this._position = position;
    return this._position;
  }

  override truncate(size: number): void {
    this._opened.files.truncate(this._opened.handle, size);
  }

  override setTimes(times: { readonly accessedMs?: number; readonly modifiedMs?: number }): void {
    this._opened.files.setTimes(this._opened.path, times);
  }

  override close(): void {
    this._opened.files.close(this._opened.handle);
  }

  private _advance(bytes: number): void {
    if (this._opened.type === 'file') this._position += bytes;
  }

  private _base(whence: number): number {
    if (whence === 0) return 0;
    if (whence === 1) return this._position;
    if (whence === 2) return this.stat().size;
    throw new WasiError('EINVAL');
  }
}
