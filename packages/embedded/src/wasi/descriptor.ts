import type { GuestStat } from '../guest/guest-contract.ts';
import { WasiError } from './errno.ts';
import { ALL_RIGHTS } from './rights.ts';

/** The operations on an open descriptor. Subclasses override the operations that they support; the rest fail as POSIX requires. */
export abstract class Descriptor {
  /** The WASI `filetype`. */
  abstract readonly fileType: number;
  /** The WASI `fdflags`: 1 is append. */
  flags = 0;
  readonly rights: bigint = ALL_RIGHTS;

  abstract stat(): GuestStat;

  /** Reads up to `length` bytes. Returns no bytes at the end. */
  read(_length: number): Uint8Array {
    throw new WasiError('EBADF');
  }

  readAt(_position: number, _length: number): Uint8Array {
    throw new WasiError('ESPIPE');
  }

  /** Writes all of `bytes`. */
  write(_bytes: Uint8Array): void {
    throw new WasiError('EBADF');
  }

  writeAt(_position: number, _bytes: Uint8Array): void {
    throw new WasiError('ESPIPE');
  }

  /** Returns the new position. `whence`: 0 is relative to the start, 1 to the current position, 2 to the end. */
  seek(_offset: number, _whence: number): number {
    throw new WasiError('ESPIPE');
  }

  truncate(_size: number): void {
    throw new WasiError('EINVAL');
  }

  setTimes(_times: { readonly accessedMs?: number; readonly modifiedMs?: number }): void {
    throw new WasiError('EBADF');
  }

  sync(): void {}

  close(): void {}
}
