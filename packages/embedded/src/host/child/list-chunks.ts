import type { GuestDirectoryEntry, GuestFileType } from '../../guest/guest-contract.ts';

const ENTRIES_PER_CHUNK = 512;

const LETTERS: Readonly<Record<GuestFileType, string>> = { file: 'f', directory: 'd', symlink: 'l', device: 'o' };

/** Encodes a directory's entries: for each entry, a letter for its type, its name and NUL. */
export function listChunks(entries: readonly GuestDirectoryEntry[]): () => Uint8Array | undefined {
  let next = 0;
  return () => {
    if (next >= entries.length) return undefined;
    const part = entries.slice(next, next + ENTRIES_PER_CHUNK);
    next += part.length;
    return Buffer.from(part.map(({ type, name }) => `${LETTERS[type]}${name}\0`).join(''));
  };
}
