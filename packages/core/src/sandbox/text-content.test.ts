import { describe, expect, it } from 'vitest';
import { decodeTextRange, encodeText, streamOf } from './text-content.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('decodeTextRange', () => {
  it('returns the whole text without a range', () => {
    expect(decodeTextRange(bytes('\uFEFFa\r\nb'), {})).toBe('\uFEFFa\r\nb');
  });

  it('counts lines from 1 and includes both ends', () => {
    expect(decodeTextRange(bytes('a\nb\nc\n'), { startLine: 2, endLine: 2 })).toBe('b\n');
    expect(decodeTextRange(bytes('a\nb\nc'), { startLine: 2 })).toBe('b\nc');
    expect(decodeTextRange(bytes('a\n\nc'), { endLine: 2 })).toBe('a\n\n');
  });

  it('accepts a range beyond the last line', () => {
    expect(decodeTextRange(bytes('a\nb'), { startLine: 2, endLine: 99 })).toBe('b');
    expect(decodeTextRange(bytes('a\nb'), { startLine: 7 })).toBe('');
  });

  it('refuses an invalid range', () => {
    expect(() => decodeTextRange(bytes('a'), { startLine: 0 })).toThrow('1 <= startLine <= endLine, given 0 and undefined');
    expect(() => decodeTextRange(bytes('a'), { startLine: 3, endLine: 2 })).toThrow('given 3 and 2');
  });

  it('refuses an unknown encoding', () => {
    expect(() => decodeTextRange(bytes('a'), { encoding: 'klingon' })).toThrow('given "klingon"');
  });
});

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
