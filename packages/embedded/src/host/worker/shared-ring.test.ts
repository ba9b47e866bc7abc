import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { CorruptRingError, takeOutput, writeOutputRecords } from './output-records.ts';
import { createRingMemory, SharedRing } from './shared-ring.ts';

function ringOf(capacity: number): SharedRing {
  return new SharedRing(createRingMemory(capacity));
}

function write(ring: SharedRing, stream: 'stdout' | 'stderr', text: string): void {
  writeOutputRecords(ring, { stream, bytes: Buffer.from(text), onWritten: () => {} });
}

describe('a shared ring', () => {
  it('keeps bytes in order across its end', () => {
    const ring = ringOf(16);
    for (let round = 0; round < 50; round += 1) {
      const bytes = Uint8Array.from({ length: 1 + (round % 13) }, (_, index) => round + index);
      ring.put(bytes);
      ring.publish(bytes.length);
      expect(ring.used).toBe(bytes.length);
      expect(ring.peek(0, bytes.length)).toEqual(bytes);
      ring.consume(bytes.length);
    }
    expect(ring.room).toBe(16);
  });

  it('keeps working when its counters overflow', () => {
    const memory = createRingMemory(16);
    const control = new Int32Array(memory, 0, 2);
    control.fill(-3);
    const ring = new SharedRing(memory);
    ring.put(Buffer.from('abcdefgh'));
    ring.publish(8);
    expect(ring.used).toBe(8);
    expect(Buffer.from(ring.peek(0, 8)).toString()).toBe('abcdefgh');
    ring.consume(8);
    expect(ring.used).toBe(0);
  });

  it('never has more bytes than it can hold, whatever a hostile thread writes', () => {
    const memory = createRingMemory(16);
    new Int32Array(memory, 0, 2).set([1_000, 0]);
    expect(new SharedRing(memory)).toMatchObject({ used: 16, room: 0 });
  });

  it('requests one wake-up until the other side has checked', () => {
    const ring = ringOf(16);
    expect([ring.needsWake(), ring.needsWake()]).toEqual([true, false]);
    ring.woken();
    expect(ring.needsWake()).toBe(true);
  });

  it('blocks a reading thread until bytes or the end arrive', async () => {
    const memory = createRingMemory(1024);
    const ring = new SharedRing(memory);
    const source = `
      import { workerData, parentPort } from 'node:worker_threads';
      const { SharedRing } = await import(workerData.url);
      const ring = new SharedRing(workerData.memory);
      let text = '';
      for (;;) { ring.waitForBytes(); if (ring.used === 0) break; text += Buffer.from(ring.peek(0, 1)); ring.consume(1); }
      parentPort.postMessage(text);`;
    const url = new URL('./shared-ring.ts', import.meta.url).href;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), { workerData: { memory, url } });
    const received = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    for (const text of ['one ', 'two ', 'three']) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      ring.put(Buffer.from(text));
      ring.publish(text.length);
    }
    ring.close();
    expect(await received).toBe('one two three');
    await worker.terminate();
  });
});

describe('output records', () => {
  it('keep the order of both streams, and adjacent records of a stream are joined', () => {
    const ring = ringOf(1024);
    write(ring, 'stdout', 'a');
    write(ring, 'stdout', 'b');
    write(ring, 'stderr', 'c');
    write(ring, 'stdout', 'd');
    const taken = [takeOutput(ring, 100), takeOutput(ring, 100), takeOutput(ring, 100)].map((record) => [
      record?.stream,
      Buffer.from(record?.bytes ?? []).toString(),
    ]);
    expect(taken).toEqual([
      ['stdout', 'ab'],
      ['stderr', 'c'],
      ['stdout', 'd'],
    ]);
    expect(takeOutput(ring, 100)).toBeUndefined();
  });

  it('stay below the requested size unless the first record is larger', () => {
    const ring = ringOf(1024);
    for (let count = 0; count < 10; count += 1) write(ring, 'stdout', 'x'.repeat(30));
    expect(takeOutput(ring, 100)?.bytes).toHaveLength(90);
    expect(takeOutput(ring, 10)?.bytes).toHaveLength(30);
  });

  it('from a hostile thread are refused', () => {
    const hostile: [number, number][] = [
      [4, 0],
      [4, 10],
      [100, 2 ** 31 - 1],
      [2, 1],
      [2 ** 31 - 1, 65_537],
    ];
    for (const [published, length] of hostile) {
      const ring = ringOf(1024);
      const header = new Uint8Array(4);
      new DataView(header.buffer).setUint32(0, length);
      ring.put(header);
      ring.publish(published);
      expect(() => takeOutput(ring, 100)).toThrow(CorruptRingError);
    }
  });
});
