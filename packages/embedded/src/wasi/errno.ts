import type { GuestErrno } from '../guest/guest-contract.ts';

export type WasiErrnoName = GuestErrno | 'SUCCESS' | 'EFAULT' | 'EFBIG' | 'EILSEQ' | 'EIO' | 'ENOSYS' | 'ENOTSUP' | 'ESPIPE';

/** The error numbers of WASI preview 1. They differ from the numbers on Linux. */
export const WASI_ERRNO: Readonly<Record<WasiErrnoName, number>> = {
  SUCCESS: 0,
  EACCES: 2,
  EBADF: 8,
  EBUSY: 10,
  EEXIST: 20,
  EFAULT: 21,
  EFBIG: 22,
  EILSEQ: 25,
  EINVAL: 28,
  EIO: 29,
  EISDIR: 31,
  ELOOP: 32,
  EMFILE: 33,
  ENAMETOOLONG: 37,
  ENOENT: 44,
  ENOSPC: 51,
  ENOSYS: 52,
  ENOTDIR: 54,
  ENOTEMPTY: 55,
  ENOTSUP: 58,
  EPERM: 63,
  EROFS: 69,
  ESPIPE: 70,
};

/** Ends a WASI call with an error number. */
export class WasiError extends Error {
  override readonly name = 'WasiError';
  readonly code: WasiErrnoName;

  constructor(code: WasiErrnoName) {
    super(code);
    this.code = code;
  }
}
