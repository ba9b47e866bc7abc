import { describe, expect, it } from 'vitest';
import { readText } from './read-text.ts';
import { streamOf } from './text-content.ts';

interface Range {
  readonly encoding?: string;
  readonly startLine?: number;
  readonly endLine?: number;
}

const MAX_BYTES = 1_000;

/** Reads a text that arrives in pieces of `size` bytes. */
function read(text: string, { size = 1_000, ...range }: Range & { readonly size?: number } = {}): Promise<string> {
  const content = ReadableStream.from(pieces(Buffer.from(text), size));
  return readText({ content, maxBytes: MAX_BYTES, path: 'a.txt', ...range });
}

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

describe('readText', () => {
  it('returns the whole text without a range', async () => {
    expect(await read('\uFEFFa\r\nb')).toBe('\uFEFFa\r\nb');
    expect(await read('')).toBe('');
  });

  it.each([1, 2, 3, 1_000])('counts lines from 1 and includes both ends, in pieces of %i bytes', async (size) => {
    expect(await read('a\nb\nc\n', { size, startLine: 2, endLine: 2 })).toBe('b\n');
    expect(await read('ä\nö\nü', { size, startLine: 2 })).toBe('ö\nü');
    expect(await read('a\n\nc', { size, endLine: 2 })).toBe('a\n\n');
    expect(await read('a\nb', { size, startLine: 2, endLine: 99 })).toBe('b');
    expect(await read('a\nb', { size, startLine: 7 })).toBe('');
  });

  it('reads nothing after the last line', async () => {
    let pulled = 0;
    const content = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(Buffer.from('line\n'));
      },
    });
    expect(await readText({ content, maxBytes: MAX_BYTES, path: 'endless', startLine: 2, endLine: 3 })).toBe('line\nline\n');
    expect(pulled).toBeLessThan(6);
  });

  it('refuses an invalid range, an unknown encoding and a file that is too large', async () => {
    await expect(read('a', { startLine: 0 })).rejects.toThrow('1 <= startLine <= endLine, given 0 and undefined');
    await expect(read('a', { startLine: 3, endLine: 2 })).rejects.toThrow('given 3 and 2');
    await expect(read('a', { encoding: 'klingon' })).rejects.toThrow('given "klingon"');
    await expect(read('a'.repeat(MAX_BYTES + 1))).rejects.toMatchObject({ code: 'file-too-large' });
  });

  it('needs little more memory than the text for a file of line breaks, and lets the event loop run', async () => {
    const content = streamOf(new Uint8Array(16 * 1024 * 1024).fill(0x0a));
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    const before = process.memoryUsage().heapUsed;
    const text = await readText({ content, maxBytes: 64 * 1024 * 1024, path: 'lines', startLine: 8 * 1024 * 1024 });
    clearInterval(timer);
    expect(text).toHaveLength(8 * 1024 * 1024 + 1);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024);
    expect(turns).toBeGreaterThan(0);
  });
});
