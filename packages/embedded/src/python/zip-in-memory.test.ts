import { describe, expect, it } from 'vitest';
import { readZipInMemory } from './zip-in-memory.ts';

/** A zip archive of one stored file named "a.py" with the content "x=1". */
function archive(): Uint8Array {
  const name = Buffer.from('a.py');
  const content = Buffer.from('x=1');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt32LE(content.length, 20);
  record.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(record.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + content.length, 16);
  return Buffer.concat([local, name, content, record, name, end]);
}

describe('readZipInMemory', () => {
  it('finds the archive in the middle of memory, after a marker that is a coincidence', () => {
    const memory = Buffer.concat([
      Buffer.from('PK\x05\x06 no archive at all, only its mark'),
      Buffer.alloc(100),
      archive(),
      Buffer.alloc(50),
    ]);
    const { files, range } = readZipInMemory(memory);
    expect([...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual([['a.py', 'x=1']]);
    expect(memory.subarray(range.start, range.end)).toEqual(archive());
  });

  it('throws if there is none', () => {
    expect(() => readZipInMemory(Buffer.alloc(1000))).toThrow('Expected a zip archive with the standard library');
  });
});
