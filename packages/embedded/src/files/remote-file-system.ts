import type { GuestDirectoryEntry, GuestFileSystem, GuestOpenOptions, GuestStat } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';
import { type FileOperation, type FileReply, type FileRequest, REQUEST_BYTES } from './file-request.ts';

/** Sends one request to the thread that owns the files and blocks until its reply. */
export type FileExchange = (request: FileRequest) => FileReply;

/** The sandbox's files, used from a worker thread: every operation is a blocking request to the thread that owns them. */
export class RemoteFileSystem implements GuestFileSystem {
  private readonly _exchange: FileExchange;

  constructor(exchange: FileExchange) {
    this._exchange = exchange;
  }

  stat(path: string, options?: { readonly followLinks?: boolean }): GuestStat {
    return this._ask('stat', path, options) as GuestStat;
  }

  open(path: string, options: GuestOpenOptions): number {
    return this._ask('open', path, options) as number;
  }

  close(handle: number): void {
    this._ask('close', handle);
  }

  statHandle(handle: number): GuestStat {
    return this._ask('statHandle', handle) as GuestStat;
  }

  read(handle: number, position: number, length: number): Uint8Array {
    if (length <= REQUEST_BYTES) return this._ask('read', handle, position, length) as Uint8Array;
    const parts: Uint8Array[] = [];
    for (let done = 0; done < length; ) {
      const part = this._ask('read', handle, position + done, Math.min(length - done, REQUEST_BYTES)) as Uint8Array;
      if (part.length === 0) break;
      parts.push(part);
      done += part.length;
    }
    return Buffer.concat(parts);
  }

  write(handle: number, position: number | 'end', bytes: Uint8Array): number {
    let end = this._ask('write', handle, position, copyOf(bytes, 0)) as number;
    for (let done = REQUEST_BYTES; done < bytes.length; done += REQUEST_BYTES) {
      end = this._ask('write', handle, position === 'end' ? 'end' : end, copyOf(bytes, done)) as number;
    }
    return end;
  }

  truncate(handle: number, size: number): void {
    this._ask('truncate', handle, size);
  }

  readDirectory(path: string): readonly GuestDirectoryEntry[] {
    return this._ask('readDirectory', path) as readonly GuestDirectoryEntry[];
  }

  makeDirectory(path: string, options?: { readonly mode?: number }): void {
    this._ask('makeDirectory', path, options);
  }

  removeDirectory(path: string): void {
    this._ask('removeDirectory', path);
  }

  unlink(path: string): void {
    this._ask('unlink', path);
  }

  rename(from: string, to: string): void {
    this._ask('rename', from, to);
  }

  symlink(target: string, path: string): void {
    this._ask('symlink', target, path);
  }

  link(existing: string, path: string): void {
    this._ask('link', existing, path);
  }

  readLink(path: string): string {
    return this._ask('readLink', path) as string;
  }

  realPath(path: string): string {
    return this._ask('realPath', path) as string;
  }

  changeMode(path: string, mode: number): void {
    this._ask('changeMode', path, mode);
  }

  setTimes(path: string, times: { readonly accessedMs?: number; readonly modifiedMs?: number; readonly followLinks?: boolean }): void {
    this._ask('setTimes', path, times);
  }

  private _ask(operation: FileOperation, ...parameters: readonly unknown[]): unknown {
    const reply = this._exchange({ operation, parameters });
    if ('errno' in reply) throw new GuestFileError(reply.errno, reply.path);
    return reply.value;
  }
}

/** Posting a view would clone all of the memory behind it, which may be a whole WebAssembly memory. */
function copyOf(bytes: Uint8Array, start: number): Uint8Array {
  return new Uint8Array(bytes.subarray(start, start + REQUEST_BYTES));
}
