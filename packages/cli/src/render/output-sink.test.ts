import { PassThrough, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { OutputSink } from './output-sink.ts';

function isPending(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => false), sleep(20, true)]);
}

function refuse(error: Error): void {
  throw error;
}

test('a write waits until a slow reader has made room', async () => {
  const pipe = new PassThrough({ highWaterMark: 4 });
  const sink = new OutputSink(pipe, refuse);
  await sink.write('abc');
  const write = sink.write('defgh');
  expect(await isPending(write)).toBe(true);
  pipe.resume();
  await write;
});

test('an abort ends the waiting', async () => {
  const sink = new OutputSink(new PassThrough({ highWaterMark: 1 }), refuse);
  const controller = new AbortController();
  const write = sink.write('abc', controller.signal);
  expect(await isPending(write)).toBe(true);
  controller.abort();
  await write;
});

test('a reader that goes away is told once, ends the waiting, and makes later writes do nothing', async () => {
  const failures: unknown[] = [];
  const pipe = new PassThrough({ highWaterMark: 1 });
  const sink = new OutputSink(pipe, (error) => failures.push(error));
  const write = sink.write('abc');
  const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  pipe.destroy(gone);
  await write;
  await sink.write('more');
  await sink.flush();
  expect(failures).toEqual([gone]);
  expect(sink.failure).toBe(gone);
});

test('flush waits for everything, but no longer than it may', async () => {
  const gate = Promise.withResolvers<void>();
  const slow = new Writable({ write: (_chunk, _encoding, done) => void gate.promise.then(() => done()) });
  const sink = new OutputSink(slow, refuse);
  void sink.write('abc');
  const flush = sink.flush();
  await sink.flush(30);
  expect(await isPending(flush)).toBe(true);
  gate.resolve();
  await flush;
});

test('only a terminal counts as one', () => {
  expect(new OutputSink(new PassThrough(), refuse).isTerminal).toBe(false);
  expect(new OutputSink(Object.assign(new PassThrough(), { isTTY: true }), refuse).isTerminal).toBe(true);
});
