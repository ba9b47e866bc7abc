import type { GuestSpace } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';

/** The number of bytes that each name in a directory uses, in addition to the bytes of its file. */
const ENTRY_BYTES = 1024;
/** The maximum number of names in all directories together. */
const MAXIMUM_ENTRIES = 200_000;

/** Counts the bytes and names in a file system, and refuses operations that would exceed the limits. */
export class StorageQuota {
  readonly #bytes: number;
  readonly #entries: number;
  #usedBytes = 0;
  #usedEntries = 0;

  constructor(limits: { readonly bytes: number; readonly entries?: number }) {
    this.#bytes = limits.bytes;
    this.#entries = limits.entries ?? MAXIMUM_ENTRIES;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  space(): GuestSpace {
    return { totalBytes: this.#bytes, usedBytes: this.#usedBytes, totalNames: this.#entries, usedNames: this.#usedEntries };
  }

  /**
   * Counts bytes that are added, or removed if `difference` is negative.
   * @throws {GuestFileError} `ENOSPC` if the limit would be exceeded.
   */
  changeBytes(difference: number, path: string): void {
    if (difference > 0 && this.#usedBytes + difference > this.#bytes) throw new GuestFileError('ENOSPC', path);
    this.#usedBytes += difference;
  }

  /** Counts a name and the bytes of its inode. @throws {GuestFileError} `ENOSPC` if a limit would be exceeded. */
  addEntry(entry: { readonly path: string; readonly bytes: number }): void {
    if (this.#usedEntries >= this.#entries) throw new GuestFileError('ENOSPC', entry.path);
    this.changeBytes(ENTRY_BYTES + entry.bytes, entry.path);
    this.#usedEntries += 1;
  }

  removeEntry(): void {
    this.#usedBytes -= ENTRY_BYTES;
    this.#usedEntries -= 1;
  }
}
