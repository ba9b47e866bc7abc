import type { DirectoryEntry } from '@sandpod/core';
import { DirectoryListing } from '@sandpod/core/backend';
import { discardRest } from './call-streams.ts';
import type { RemoteCall } from './remote-call.ts';

const TYPES: Readonly<Record<string, DirectoryEntry['type']>> = { d: 'directory', l: 'symlink', o: 'other' };
const FILE = /^f(\d{1,16})\/([\d.e+-]{1,30})\/(.*)$/s;

/**
 * Decodes a directory's entries while the bytes of the call arrive. Each entry consists of a letter for its type, `size/time/` if
 * it is a file, its name, and a NUL byte.
 */
export async function readEntries(call: RemoteCall, path: string): Promise<DirectoryEntry[]> {
  const listing = new DirectoryListing({ path, parse: parseEntry });
  try {
    for (let chunk = await call.next(); chunk; chunk = await call.next()) listing.push(chunk.bytes);
  } catch (error) {
    call.cancel();
    void discardRest(call);
    throw error;
  }
  await call.result;
  return listing.end();
}

function parseEntry(record: string): DirectoryEntry | undefined {
  const [, size, modifiedMs, name] = FILE.exec(record) ?? [];
  if (name !== undefined && Number.isFinite(Number(modifiedMs))) {
    return { name, type: 'file', size: Number(size), modifiedMs: Number(modifiedMs) };
  }
  const letter = record.slice(0, 1);
  const type = Object.hasOwn(TYPES, letter) ? TYPES[letter] : undefined;
  return type && { type, name: record.slice(1) };
}
