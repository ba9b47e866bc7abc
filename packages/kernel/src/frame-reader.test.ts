import { expect, test } from 'vitest';
import { encodeFrame, FrameReader, type KernelFrame, MalformedFrame } from './frame-reader.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const shown = ({ letter, payload }: KernelFrame): string => `${letter}:${new TextDecoder().decode(payload)}`;

test.each([1, 2, 3, 7, 1000])('frames are found in pieces of %i bytes', (size) => {
  const bytes = Buffer.concat([encodeFrame('o', text('one')), encodeFrame('F', text('{}')), encodeFrame('e', text(''))]);
  const reader = new FrameReader();
  const frames: string[] = [];
  for (let at = 0; at < bytes.length; at += size) frames.push(...[...reader.push(bytes.subarray(at, at + size))].map(shown));
  expect(frames).toEqual(['o:one', 'F:{}', 'e:']);
});

test.each([
  ['an unknown letter', text('Z\0\0\0\0')],
  ['the name of a property of every object as a letter', text('_\0\0\0\0')],
  ['a length of 4 GiB', Uint8Array.of(0x64, 0xff, 0xff, 0xff, 0xff)],
  ['a long end of a cell', Uint8Array.of(0x46, 0, 1, 0, 0)],
  ['text', text('Traceback (most recent call last):')],
])('%s is refused before its payload is kept', (_, bytes) => {
  expect(() => [...new FrameReader().push(bytes)]).toThrow(MalformedFrame);
});
