import { PassThrough, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { OutputSink, type OutputSinkOptions } from './output-sink.ts';

function isPending(promise: Promise<unknown>): Promise<boolean> {
  return Promise.race([promise.then(() => false), sleep(20, true)]);
}

function optionsWith(options: Partial<OutputSinkOptions> = {}): OutputSinkOptions {
  const onFailure = (error: Error): void => {
    throw error;
  };
  return { onFailure, abortSignal: new AbortController().signal, ...options };
}

test('a write waits for a slow reader', async () => {
  const pipe = new PassThrough({ highWaterMark: 4 });
  const sink = new OutputSink(pipe, optionsWith());
  await sink.write('abc');
  const write = sink.write('defgh');
  expect(await isPending(write)).toBe(true);
  pipe.resume();
  await write;
});

test('an abort ends the wait', async () => {
  const controller = new AbortController();
  const sink = new OutputSink(new PassThrough({ highWaterMark: 1 }), optionsWith({ abortSignal: controller.signal }));
  const write = sink.write('abc');
  expect(await isPending(write)).toBe(true);
  controller.abort();
  await write;
  await sink.write('more');
});

test('a reader that goes away is reported once, ends the wait, and turns later writes into no-ops', async () => {
  const failures: unknown[] = [];
  const pipe = new PassThrough({ highWaterMark: 1 });
  const sink = new OutputSink(pipe, optionsWith({ onFailure: (error) => failures.push(error) }));
  const write = sink.write('abc');
  const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  pipe.destroy(gone);
  await write;
  await sink.write('more');
  await sink.flush(0);
  expect(failures).toEqual([gone]);
  expect(sink.failure).toBe(gone);
});

test('flush waits for all output, but only briefly after an abort', async () => {
  const gate = Promise.withResolvers<void>();
  const slow = new Writable({ write: (_chunk, _encoding, done) => void gate.promise.then(() => done()) });
  const controller = new AbortController();
  const sink = new OutputSink(slow, optionsWith({ abortSignal: controller.signal }));
  void sink.write('abc');
  const flush = sink.flush(30);
  const patientFlush = sink.flush(600_000);
  expect(await isPending(flush)).toBe(true);
  controller.abort();
  await flush;
  expect(await isPending(patientFlush)).toBe(true);
  gate.resolve();
  await patientFlush;
});

test('only a terminal counts as a terminal', () => {
  expect(new OutputSink(new PassThrough(), optionsWith()).isTerminal).toBe(false);
  expect(new OutputSink(Object.assign(new PassThrough(), { isTTY: true }), optionsWith()).isTerminal).toBe(true);
});
