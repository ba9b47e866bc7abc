import { describe, expect, it } from 'vitest';
import { encodeText, streamOf } from './text-content.ts';

describe('encodeText', () => {
  it('supports the listed encodings', () => {
    expect([...encodeText('é')]).toEqual([0xc3, 0xa9]);
    expect([...encodeText('é', 'latin1')]).toEqual([0xe9]);
    expect([...encodeText('AQI=', 'base64')]).toEqual([1, 2]);
    expect([...encodeText('a', 'utf-16le')]).toEqual([0x61, 0]);
  });

  it('refuses an unknown encoding', () => {
    expect(() => encodeText('a', 'ebcdic')).toThrow('given "ebcdic"');
  });
});

describe('streamOf', () => {
  it('returns the bytes in pieces', async () => {
    const content = new Uint8Array(200_000).fill(7);
    const parts: Uint8Array[] = [];
    for await (const part of streamOf(content)) parts.push(part);
    expect(parts.length).toBeGreaterThan(1);
    expect(Buffer.concat(parts).equals(content)).toBe(true);
  });
});
