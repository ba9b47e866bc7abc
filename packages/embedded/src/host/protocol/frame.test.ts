import { describe, expect, it } from 'vitest';
import { encodeFrame, type Frame, FrameError, FrameReader, MAXIMUM_HEADER_BYTES, MAXIMUM_PAYLOAD_BYTES } from './frame.ts';

const sent = [
  { header: { type: 'a' }, payload: Buffer.from('hello') },
  { header: { type: 'b', text: 'é\u{1f600}' }, payload: Buffer.alloc(0) },
  { header: {}, payload: Buffer.alloc(300_000, 7) },
];
const bytes = Buffer.concat(sent.map(({ header, payload }) => encodeFrame(header, payload)));

function prefix(header: number, payload: number): Buffer {
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32LE(header, 0);
  lengths.writeUInt32LE(payload, 4);
  return lengths;
}

describe('frames', () => {
  it.each([1, 3, 7, 64, 1000, 65_536, bytes.length])('arrive whole when they come in pieces of %i bytes', (size) => {
    const reader = new FrameReader();
    const frames: Frame[] = [];
    const end = size < 64 ? 400 : bytes.length;
    for (let at = 0; at < end; at += size) frames.push(...reader.push(bytes.subarray(at, at + size)));
    expect(frames.slice(0, 2)).toEqual(sent.slice(0, 2));
    if (end === bytes.length) expect(Buffer.alloc(300_000, 7).equals(frames[2]?.payload ?? Buffer.alloc(0))).toBe(true);
  });

  it('that announce more than the limits are refused before their bytes arrive', () => {
    expect(() => new FrameReader().push(prefix(MAXIMUM_HEADER_BYTES + 1, 0))).toThrow(FrameError);
    expect(() => new FrameReader().push(prefix(2, MAXIMUM_PAYLOAD_BYTES + 1))).toThrow(FrameError);
    expect(() => new FrameReader({ headerBytes: 100 }).push(prefix(101, 0))).toThrow(FrameError);
    expect(() => new FrameReader().push(Buffer.from('GET / HTTP/1.1\r\n'))).toThrow(FrameError);
  });

  it.each(['', 'null', '[]', '1', '"x"', '{', 'NaN'])('with the header %j are refused', (text) => {
    expect(() => new FrameReader().push(Buffer.concat([prefix(text.length, 0), Buffer.from(text)]))).toThrow(FrameError);
  });

  it('above the limits are not encoded', () => {
    expect(() => encodeFrame({ text: 'x'.repeat(MAXIMUM_HEADER_BYTES) })).toThrow(FrameError);
    expect(() => encodeFrame({}, new Uint8Array(MAXIMUM_PAYLOAD_BYTES + 1))).toThrow(FrameError);
  });
});
