import { expect, test } from 'vitest';
import type { DirectoryEntry } from '../contract/files.ts';
import { DirectoryListing, MAX_DIRECTORY_ENTRIES } from './directory-listing.ts';

const parse = (record: string): DirectoryEntry | undefined =>
  record.startsWith('f') ? { type: 'file', name: record.slice(1) } : undefined;
const open = (): DirectoryListing => new DirectoryListing({ path: 'd', parse });

function listed(...chunks: readonly string[]): string[] {
  const listing = open();
  for (const chunk of chunks) listing.push(Buffer.from(chunk));
  return listing.end().map(({ name }) => name);
}

test('entries are the same wherever the chunks are cut', () => {
  const all = 'fone\0ftwo \n\0fdrei ä\0';
  for (let cut = 0; cut <= all.length; cut += 1) expect(listed(all.slice(0, cut), all.slice(cut))).toEqual(['one', 'two \n', 'drei ä']);
  expect(listed()).toEqual([]);
});

test('malformed entries are refused', () => {
  for (const record of ['', 'x', 'f', 'f.', 'f..', 'fa/b', `f${'n'.repeat(600)}`])
    expect(() => listed(`fgood\0${record}\0`), record).toThrow(/malformed answer: expected a directory entry/);
  expect(() => listed('fgood\0fcut')).toThrow(/expected the end of a directory entry/);
});

test('a record without an end is refused instead of kept', () => {
  const listing = open();
  expect(() => {
    for (let index = 0; index < 10; index += 1) listing.push(Buffer.alloc(100, 'f'));
  }).toThrow(/malformed/);
});

test('more entries than the limit are refused before they are kept', () => {
  const listing = open();
  const many = Buffer.from('fn\0'.repeat(MAX_DIRECTORY_ENTRIES));
  listing.push(many);
  expect(listing.end()).toHaveLength(MAX_DIRECTORY_ENTRIES);
  expect(() => listing.push(Buffer.from('fn\0'))).toThrow(expect.objectContaining({ code: 'file-too-large' }));
});

test('64 MiB of NUL end at the first byte', () => {
  const zeros = Buffer.alloc(64 * 1024 * 1024);
  const startedMs = performance.now();
  expect(() => open().push(zeros)).toThrow(/malformed/);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});
