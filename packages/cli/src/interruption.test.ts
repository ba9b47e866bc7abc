import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Interruption } from './interruption.ts';

test('the first signal aborts, its echo is ignored, and a later one forces the exit', async () => {
  const forced: number[] = [];
  using interruption = new Interruption((code) => forced.push(code));
  process.emit('SIGINT');
  expect(interruption.signal.aborted).toBe(true);
  process.emit('SIGINT');
  expect(forced).toEqual([]);
  await sleep(600);
  process.emit('SIGTERM');
  expect(forced).toEqual([130]);
});

test('afterwards signals mean again what they meant before', () => {
  const before = process.listenerCount('SIGINT');
  new Interruption(() => {})[Symbol.dispose]();
  expect(process.listenerCount('SIGINT')).toBe(before);
});
