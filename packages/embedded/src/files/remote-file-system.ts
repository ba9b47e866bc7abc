import type { GuestDirectoryEntry, GuestFileSystem, GuestOpenOptions, GuestSpace, GuestStat } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';
import { type FileOperation, type FileReply, type FileRequest, REQUEST_BYTES } from './file-request.ts';

/** Sends one request to the thread that owns the files, and blocks until the reply arrives. */
export type FileExchange = (request: FileRequest) => FileReply;

/** Access to the sandbox's files from a worker thread. Every operation is a blocking request to the thread that owns the files. */
export class RemoteFileSystem implements GuestFileSystem {
  readonly #exchange: FileExchange;

  constructor(exchange: FileExchange) {
    this.#exchange = exchange;
  }

  stat(path: string, options?: { readonly followLinks?: boolean }): GuestStat {
    return this.#ask('stat', path, options) as GuestStat;
  }

  open(path: string, options: GuestOpenOptions): number {
    return this.#ask('open', path, options) as number;
  }

  close(handle: number): void {
    this.#ask('close', handle);
  }

  statHandle(handle: number): GuestStat {
    return this.#ask('statHandle', handle) as GuestStat;
  }

  read(handle: number, position: number, length: number): Uint8Array {
    if (length <= REQUEST_BYTES) return this.#ask('read', handle, position, length) as Uint8Array;
    const parts: Uint8Array[] = [];
    for (let done = 0; done < length; ) {
      const part = this.#ask('read', handle, position + done, Math.min(length - done, REQUEST_BYTES)) as Uint8Array;
      if (part.length === 0) break;
      parts.push(part);
      done += part.length;
    }
    return Buffer.concat(parts);
  }

  write(handle: number, position: number | 'end', bytes: Uint8Array): number {
    let end = this.#ask('write', handle, position, copyOf(bytes, 0)) as number;
    for (let done = REQUEST_BYTES; done < bytes.length; done += REQUEST_BYTES) {
      end = this.#ask('write', handle, position === 'end' ? 'end' : end, copyOf(bytes, done)) as number;
    }
    return end;
  }

  truncate(handle: number, size: number): void {
    this.#ask('truncate', handle, size);
  }

  readDirectory(path: string): readonly GuestDirectoryEntry[] {
    return this.#ask('readDirectory', path) as readonly GuestDirectoryEntry[];
  }

  makeDirectory(path: string, options?: { readonly mode?: number }): void {
    this.#ask('makeDirectory', path, options);
  }

  removeDirectory(path: string): void {
    this.#ask('removeDirectory', path);
  }

  unlink(path: string): void {
    this.#ask('unlink', path);
  }

  rename(from: string, to: string): void {
    this.#ask('rename', from, to);
  }

  symlink(target: string, path: string): void {
    this.#ask('symlink', target, path);
  }

  link(existing: string, path: string): void {
    this.#ask('link', existing, path);
  }

  readLink(path: string): string {
    return this.#ask('readLink', path) as string;
  }

  realPath(path: string): string {
    return this.#ask('realPath', path) as string;
  }

  changeMode(path: string, mode: number): void {
    this.#ask('changeMode', path, mode);
  }

  setTimes(path: string, times: { readonly accessedMs?: number; readonly modifiedMs?: number; readonly followLinks?: boolean }): void {
    this.#ask('setTimes', path, times);
  }

  space(): GuestSpace {
    return this.#ask('space') as GuestSpace;
  }

  #ask(operation: FileOperation, ...parameters: readonly unknown[]): unknown {
    const reply = this.#exchange({ operation, parameters });
    if ('errno' in reply) throw new GuestFileError(reply.errno, reply.path);
    return reply.value;
  }
}

/** Copies bytes. Posting a view instead would clone its whole buffer, which may be an entire WebAssembly memory. */
function copyOf(bytes: Uint8Array, start: number): Uint8Array {
  return new Uint8Array(bytes.subarray(start, start + REQUEST_BYTES));
}
