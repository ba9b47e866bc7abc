import { GuestFileError } from '../guest/guest-file-error.ts';

/** What one name in a directory costs besides the bytes of its file. */
const ENTRY_BYTES = 1024;
/** Names in all directories together. */
const MAXIMUM_ENTRIES = 200_000;

/** Counts what the file system holds and refuses what goes beyond its limits. */
export class StorageQuota {
  private readonly _bytes: number;
  private readonly _entries: number;
  private _usedBytes = 0;
  private _usedEntries = 0;

  constructor(limits: { readonly bytes: number; readonly entries?: number }) {
    this._bytes = limits.bytes;
    this._entries = limits.entries ?? MAXIMUM_ENTRIES;
  }

  get usedBytes(): number {
    return this._usedBytes;
  }

  /** @throws {GuestFileError} `ENOSPC`. */
  changeBytes(difference: number, path: string): void {
    if (difference > 0 && this._usedBytes + difference > this._bytes) throw new GuestFileError('ENOSPC', path);
    this._usedBytes += difference;
  }

  /** Counts a name and what its inode brings along. @throws {GuestFileError} `ENOSPC`. */
  addEntry(entry: { readonly path: string; readonly bytes: number }): void {
    if (this._usedEntries >= this._entries) throw new GuestFileError('ENOSPC', entry.path);
    this.changeBytes(ENTRY_BYTES + entry.bytes, entry.path);
    this._usedEntries += 1;
  }

  removeEntry(): void {
    this._usedBytes -= ENTRY_BYTES;
    this._usedEntries -= 1;
  }
}
