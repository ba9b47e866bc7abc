import { expect, it } from 'vitest';
import { OutputLane } from './output-lane.ts';

const KIB_64 = 64 * 1024;

function laneOfBytes(): OutputLane<Uint8Array> {
  return new OutputLane((bytes) => bytes.byteLength);
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<{ readonly bytes: number; readonly error: unknown }> {
  let bytes = 0;
  try {
    for await (const chunk of stream) bytes += chunk.byteLength;
    return { bytes, error: undefined };
  } catch (error) {
    return { bytes, error };
  }
}

async function pushMany(lane: OutputLane<Uint8Array>, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await lane.push(new Uint8Array(KIB_64));
  lane.end();
}

it('keeps the first MiB if there is no reader after letGo, and reports the rest as dropped', async () => {
  const lane = laneOfBytes();
  const pushing = pushMany(lane, 64);
  lane.letGo();
  await pushing;
  const { bytes, error } = await readAll(lane.stream);
  expect(bytes).toBe(16 * KIB_64);
  expect(String(error)).toContain('dropped');
});

it('passes everything on to a reader that begins after letGo', async () => {
  const lane = laneOfBytes();
  lane.letGo();
  const reading = readAll(lane.stream);
  await pushMany(lane, 64);
  expect(await reading).toEqual({ bytes: 64 * KIB_64, error: undefined });
});

it('never resumes after output was dropped, because a reader would not see the gap', async () => {
  const lane = laneOfBytes();
  lane.letGo();
  for (let index = 0; index < 20; index += 1) await lane.push(new Uint8Array(KIB_64));
  const reading = readAll(lane.stream);
  await pushMany(lane, 20);
  expect((await reading).bytes).toBe(16 * KIB_64);
});

it('drops everything after a cancellation', async () => {
  const lane = laneOfBytes();
  await lane.stream.cancel();
  await pushMany(lane, 64);
});
