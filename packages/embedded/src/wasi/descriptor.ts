import type { GuestStat } from '../guest/guest-contract.ts';
import { WasiError } from './errno.ts';
import { ALL_RIGHTS } from './rights.ts';

/** What an open descriptor can be asked. A kind of descriptor overrides what it can do; the rest is refused as POSIX does. */
export abstract class Descriptor {
  /** `filetype` of WASI. */
  abstract readonly fileType: number;
  /** `fdflags` of WASI: 1 is append. */
  flags = 0;
  readonly rights: bigint = ALL_RIGHTS;

  abstract stat(): GuestStat;

  /** At most `length` bytes; empty at the end. */
  read(_length: number): Uint8Array {
    throw new WasiError('EBADF');
  }

  readAt(_position: number, _length: number): Uint8Array {
    throw new WasiError('ESPIPE');
  }

  /** Takes all of `bytes`. */
  write(_bytes: Uint8Array): void {
    throw new WasiError('EBADF');
  }

  writeAt(_position: number, _bytes: Uint8Array): void {
    throw new WasiError('ESPIPE');
  }

  /** The new position. `whence`: 0 from the start, 1 from here, 2 from the end. */
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
