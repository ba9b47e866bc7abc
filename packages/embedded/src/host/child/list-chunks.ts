import type { GuestFileType } from '../../guest/guest-contract.ts';

const ENTRIES_PER_CHUNK = 512;

const LETTERS: Readonly<Record<GuestFileType, string>> = { file: 'f', directory: 'd', symlink: 'l', device: 'o' };

export interface ListedEntry {
  readonly name: string;
  readonly type: GuestFileType;
  readonly size: number;
  readonly modifiedMs: number;
}

/** Encodes a directory's entries. Each entry consists of a letter for its type, `size/time/` if it is a file, its name, and a NUL byte. */
export function listChunks(entries: readonly ListedEntry[]): () => Uint8Array | undefined {
  let next = 0;
  return () => {
    if (next >= entries.length) return undefined;
    const part = entries.slice(next, next + ENTRIES_PER_CHUNK);
    next += part.length;
    return Buffer.from(part.map(encodeEntry).join(''));
  };
}

function encodeEntry({ name, type, size, modifiedMs }: ListedEntry): string {
  return `${LETTERS[type]}${type === 'file' ? `${size}/${modifiedMs}/` : ''}${name}\0`;
}
