import { describe, expect, it } from 'vitest';
import { packFiles, unpackFiles } from './shared-file-pack.ts';

const FILES = new Map([
  ['lib/a.py', Buffer.from('x = 1')],
  ['lib/sub/b.py', Buffer.from('')],
  ['bin/ž', Buffer.from([0, 255])],
]);

describe('packFiles', () => {
  it('unpacks every file as a view of the shared memory', () => {
    const packed = packFiles(FILES);
    const unpacked = unpackFiles(packed);
    expect([...unpacked].map(([name, bytes]) => [name, Buffer.from(bytes)])).toEqual([...FILES]);
    expect(unpacked.get('lib/a.py')?.buffer).toBe(packed);
  });
});
