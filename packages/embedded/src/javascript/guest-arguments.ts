import { posix } from 'node:path';
import { GuestFileError } from '../guest/guest-file-error.ts';
import type { GuestValue } from './guest-value.ts';

/** Checks the arguments that the guest passed to a host operation. An unexpected value fails with `EINVAL`. */
export class GuestArguments {
  readonly #values: readonly GuestValue[];

  constructor(values: readonly GuestValue[]) {
    this.#values = values;
  }

  text(index: number): string {
    const value = this.#values[index];
    if (typeof value !== 'string') throw new GuestFileError('EINVAL', '');
    return value;
  }

  /** Returns an absolute, normalized path. */
  path(index: number): string {
    const value = this.text(index);
    if (!value.startsWith('/') || value.includes('\0')) throw new GuestFileError('EINVAL', value);
    const normal = posix.normalize(value);
    return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
  }

  /** Returns an integer that is at least `minimum`. */
  count(index: number, minimum = 0): number {
    const value = this.#values[index];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < minimum) throw new GuestFileError('EINVAL', '');
    return value;
  }

  milliseconds(index: number): number {
    const value = this.#values[index];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new GuestFileError('EINVAL', '');
    return value;
  }

  flag(index: number): boolean {
    return this.#values[index] === true;
  }

  bytes(index: number): Uint8Array {
    const value = this.#values[index];
    if (!(value instanceof Uint8Array)) throw new GuestFileError('EINVAL', '');
    return value;
  }
}
