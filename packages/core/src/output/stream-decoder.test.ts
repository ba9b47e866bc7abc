import { describe, expect, it } from 'vitest';
import { StreamDecoder } from './stream-decoder.ts';

function decodeInPieces(bytes: Uint8Array, size: number): string {
  const decoder = new StreamDecoder();
  let text = '';
  for (let start = 0; start < bytes.length; start += size) text += decoder.decode(bytes.subarray(start, start + size));
  return text + decoder.end();
}

describe('StreamDecoder', () => {
  it.each([1, 2, 3, 5])('decodes characters that are split into pieces of %i bytes', (size) => {
    const text = '\uFEFFgrüße\r\n😀😀 €\r\0end';
    expect(decodeInPieces(new TextEncoder().encode(text), size)).toBe(text);
  });

  it('keeps a byte order mark at the start and in the middle', () => {
    const decoder = new StreamDecoder();
    expect(decoder.decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\uFEFFa');
    expect(decoder.decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x62))).toBe('\uFEFFb');
  });

  it('waits for the rest of an incomplete character, and replaces it at the end', () => {
    const decoder = new StreamDecoder();
    expect(decoder.decode(Uint8Array.of(0x61, 0xf0, 0x9f))).toBe('a');
    expect(decoder.end()).toBe('\uFFFD');
  });

  it('replaces only invalid bytes', () => {
    expect(decodeInPieces(Uint8Array.of(0x61, 0xff, 0x62, 0xc3, 0x63), 1)).toBe('a\uFFFDb\uFFFDc');
  });

  it('can decode a new stream after end()', () => {
    const decoder = new StreamDecoder();
    decoder.decode(Uint8Array.of(0xc3));
    decoder.end();
    expect(decoder.decode(Uint8Array.of(0x61))).toBe('a');
  });
});
