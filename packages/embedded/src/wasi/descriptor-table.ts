import type { Descriptor } from './descriptor.ts';
import { DirectoryDescriptor } from './directory-descriptor.ts';
import { WasiError } from './errno.ts';

const MAXIMUM_DESCRIPTORS = 1024;

/** The descriptors of one process. A new one gets the lowest free number, as POSIX asks. */
export class DescriptorTable {
  private readonly _slots: (Descriptor | undefined)[];
  private _lowestFree: number;

  constructor(descriptors: readonly Descriptor[]) {
    this._slots = [...descriptors];
    this._lowestFree = this._slots.length;
  }

  /** @throws {WasiError} `EBADF`. */
  get(number: number): Descriptor {
    const found = this._slots[number >>> 0];
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
    let free = this._lowestFree;
    while (this._slots[free]) free += 1;
    this._lowestFree = free;
    if (free >= MAXIMUM_DESCRIPTORS) throw new WasiError('EMFILE');
    return free;
  }

  set(number: number, descriptor: Descriptor): void {
    this._slots[number] = descriptor;
  }

  close(number: number): void {
    const found = this.get(number);
    this._slots[number >>> 0] = undefined;
    this._lowestFree = Math.min(this._lowestFree, number >>> 0);
    found.close();
  }

  /** Moves `from` to `to`, which is closed. */
  renumber(from: number, to: number): void {
    const moved = this.get(from);
    const replaced = this.get(to);
    if (moved === replaced) return;
    this._slots[to >>> 0] = moved;
    this._slots[from >>> 0] = undefined;
    this._lowestFree = Math.min(this._lowestFree, from >>> 0);
    replaced.close();
  }

  closeAll(): void {
    for (const number of this._slots.keys()) if (this._slots[number]) this.close(number);
  }
}
