import type { GuestErrno } from './guest-contract.ts';

/** A failed guest file operation. */
export class GuestFileError extends Error {
  override readonly name = 'GuestFileError';
  readonly code: GuestErrno;
  readonly path: string;

  constructor(code: GuestErrno, path: string) {
    super(`${code}: ${path}`);
    this.code = code;
    this.path = path;
  }
}
