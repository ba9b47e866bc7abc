import { GuestFileError } from '../guest/guest-file-error.ts';
import { WASI_ERRNO, type WasiErrnoName, WasiError } from './errno.ts';

/** One function that a module imports. A number it returns is its error number; nothing means success. */
export type WasiCall = (...values: never[]) => unknown;

export type WasiCalls = Readonly<Record<string, WasiCall>>;

/** Turns thrown errors of ours into error numbers. Everything else, such as the exit of the process, passes. */
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

/** A non-negative 64-bit number as a double. @throws {WasiError} `EFBIG` above what a double holds exactly. */
export function toSize(value: bigint): number {
  const size = Number(BigInt.asUintN(64, value));
  if (!Number.isSafeInteger(size)) throw new WasiError('EFBIG');
  return size;
}
