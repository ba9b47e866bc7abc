import { expect, test } from 'vitest';
import { CLOSE_FRAME, encodeRelayFrames, HALF_CLOSE_FRAME } from './relay-frames.ts';

test('frames carry their length and are at most 64 KiB', () => {
  const bytes = Buffer.alloc(150_000, 'x');
  const frames = [...encodeRelayFrames(bytes)].map((frame) => Buffer.from(frame));
  expect(frames.map((frame) => frame.readUInt32BE(0))).toEqual([65_536, 65_536, 18_928]);
  expect(Buffer.concat(frames.map((frame) => frame.subarray(4))).equals(bytes)).toBe(true);
});

test('no data is no frame, for an empty one closes a direction', () => {
  expect([...encodeRelayFrames(new Uint8Array(0))]).toEqual([]);
  expect([...HALF_CLOSE_FRAME]).toEqual([0, 0, 0, 0]);
  expect([...CLOSE_FRAME]).toEqual([255, 255, 255, 255]);
});
