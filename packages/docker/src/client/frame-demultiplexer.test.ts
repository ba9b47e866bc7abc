import type { OutputChunk } from '@sandpod/core';
import { describe, expect, it } from 'vitest';
import { FrameDemultiplexer } from './frame-demultiplexer.ts';

function frame(kind: number, text: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = kind;
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

function read(pieces: readonly Buffer[]): string[] {
  const demultiplexer = new FrameDemultiplexer();
  const chunks: OutputChunk[] = pieces.flatMap((piece) => [...demultiplexer.push(piece)]);
  return chunks.map(({ stream, bytes }) => `${stream}:${Buffer.from(bytes).toString()}`);
}

describe('FrameDemultiplexer', () => {
  const data = Buffer.concat([frame(1, 'out'), frame(2, 'err'), frame(1, ''), frame(1, 'more')]);

  it('separates stdout and stderr', () => {
    expect(read([data])).toEqual(['stdout:out', 'stderr:err', 'stdout:more']);
  });

  it.each([1, 3, 7, 8, 9])('joins frames cut into pieces of %i bytes', (size) => {
    const pieces = Array.from({ length: Math.ceil(data.length / size) }, (_, index) => data.subarray(index * size, (index + 1) * size));
    expect(read(pieces).join('').replaceAll('stdout:', '').replaceAll('stderr:', '')).toBe('outerrmore');
  });

  it('accepts thousands of small frames in one chunk', () => {
    const many = Buffer.concat(Array.from({ length: 10_000 }, () => frame(1, 'x')));
    expect(read([many])).toHaveLength(10_000);
  });

  it('rejects bytes that are not a frame', () => {
    expect(() => read([Buffer.from('HTTP/1.1 500')])).toThrow('given 72');
  });
});
