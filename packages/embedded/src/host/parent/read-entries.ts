import type { DirectoryEntry } from '@sandpod/core';
import type { RemoteCall } from './remote-call.ts';

const TYPES: Readonly<Record<string, DirectoryEntry['type']>> = { f: 'file', d: 'directory', l: 'symlink' };

/** Decodes a directory's entries from a call's bytes: for each entry, a letter for its type, `size/time/` for a file, its name and NUL. */
export async function readEntries(call: RemoteCall): Promise<DirectoryEntry[]> {
  const entries: DirectoryEntry[] = [];
  for (let chunk = await call.next(); chunk; chunk = await call.next()) {
    for (const entry of Buffer.from(chunk.bytes).toString().split('\0')) if (entry.length > 1) entries.push(decodeEntry(entry));
  }
  await call.result;
  return entries;
}

function decodeEntry(entry: string): DirectoryEntry {
  const type = TYPES[entry[0] ?? ''] ?? 'other';
  if (type !== 'file') return { name: entry.slice(1), type };
  const [size = '', modifiedMs = '', name = ''] = entry.slice(1).split('/');
  return { name, type, size: Number(size), modifiedMs: Number(modifiedMs) };
}
