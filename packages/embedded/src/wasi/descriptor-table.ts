import type { Descriptor } from './descriptor.ts';
import { DirectoryDescriptor } from './directory-descriptor.ts';
import { WasiError } from './errno.ts';

const MAXIMUM_DESCRIPTORS = 1024;

/** The descriptors of one process. A new descriptor gets the lowest free number, as POSIX requires. */
export class DescriptorTable {
  readonly #slots: (Descriptor | undefined)[];
  #lowestFree: number;

  constructor(descriptors: readonly Descriptor[]) {
    this.#slots = [...descriptors];
    this.#lowestFree = this.#slots.length;
  }

  /** Returns an open descriptor. @throws {WasiError} `EBADF` if the number is not open. */
  get(number: number): Descriptor {
    const found = this.#slots[number >>> 0];
    if (!found) throw new WasiError('EBADF');
    return found;
  }

  /** Returns an open directory. @throws {WasiError} `EBADF` if the number is not open, `ENOTDIR` if it is not a directory. */
  directory(number: number): DirectoryDescriptor {
    const found = this.get(number);
    if (!(found instanceof DirectoryDescriptor)) throw new WasiError('ENOTDIR');
    return found;
  }

  /** Returns a free number. Call this before anything is opened. @throws {WasiError} `EMFILE` if no number is free. */
  reserve(): number {
    let free = this.#lowestFree;
    while (this.#slots[free]) free += 1;
    this.#lowestFree = free;
    if (free >= MAXIMUM_DESCRIPTORS) throw new WasiError('EMFILE');
    return free;
  }

  set(number: number, descriptor: Descriptor): void {
    this.#slots[number] = descriptor;
  }

  close(number: number): void {
    const found = this.get(number);
    this.#slots[number >>> 0] = undefined;
    this.#lowestFree = Math.min(this.#lowestFree, number >>> 0);
    found.close();
  }

  /** Moves `from` to `to`, and closes the previous descriptor at `to`. */
  renumber(from: number, to: number): void {
    const moved = this.get(from);
    const replaced = this.get(to);
    if (moved === replaced) return;
    this.#slots[to >>> 0] = moved;
    this.#slots[from >>> 0] = undefined;
    this.#lowestFree = Math.min(this.#lowestFree, from >>> 0);
    replaced.close();
  }

  closeAll(): void {
    for (const number of this.#slots.keys()) if (this.#slots[number]) this.close(number);
  }
}
