import { GuestFileError } from '../guest/guest-file-error.ts';
import { WASI_ERRNO, type WasiErrnoName, WasiError } from './errno.ts';

/** A function that a module imports. A returned number is an error number; undefined means success. */
export type WasiCall = (...values: never[]) => unknown;

export type WasiCalls = Readonly<Record<string, WasiCall>>;

/** Converts `WasiError` and `GuestFileError` to error numbers. All other exceptions, such as the exit of the process, pass through. */
export function asWasiImport(call: WasiCall): (...values: never[]) => number {
  return (...values) => {
    try {
      const errno = call(...values);
      return typeof errno === 'number' ? errno : WASI_ERRNO.SUCCESS;
    } catch (error) {
      const name = errnoName(error);
      if (name === undefined) throw error;
      return WASI_ERRNO[name];
    }
  };
}

function errnoName(error: unknown): WasiErrnoName | undefined {
  if (error instanceof WasiError || error instanceof GuestFileError) return error.code in WASI_ERRNO ? error.code : 'EIO';
  return undefined;
}

/** Converts a non-negative 64-bit number to a double. @throws {WasiError} `EFBIG` if a double cannot represent it exactly. */
export function toSize(value: bigint): number {
  const size = Number(BigInt.asUintN(64, value));
  if (!Number.isSafeInteger(size)) throw new WasiError('EFBIG');
  return size;
}
