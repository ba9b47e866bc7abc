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

  /** @throws {WasiError} `EBADF`. */
  get(number: number): Descriptor {
    const found = this.#slots[number >>> 0];
    if (!found) throw new WasiError('EBADF');
    return found;
  }

  /** @throws {WasiError} `EBADF`, `ENOTDIR`. */
  directory(number: number): DirectoryDescriptor {
    const found = this.get(number);
    if (!(found instanceof DirectoryDescriptor)) throw new WasiError('ENOTDIR');
    return found;
  }

  /** @throws {WasiError} `EMFILE`, before anything is opened. */
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

  /** Moves `from` to `to`, which is closed. */
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
