import { GuestFileError } from '../guest/guest-file-error.ts';

/** What one name in a directory costs besides the bytes of its file. */
const ENTRY_BYTES = 1024;
/** Names in all directories together. */
const MAXIMUM_ENTRIES = 200_000;

/** Counts what the file system holds and refuses what goes beyond its limits. */
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

  /** @throws {GuestFileError} `ENOSPC`. */
  changeBytes(difference: number, path: string): void {
    if (difference > 0 && this.#usedBytes + difference > this.#bytes) throw new GuestFileError('ENOSPC', path);
    this.#usedBytes += difference;
  }

  /** Counts a name and what its inode brings along. @throws {GuestFileError} `ENOSPC`. */
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
