import { expect, test } from 'vitest';
import { Interruption } from './interruption.ts';

test('a signal aborts with its name as the reason', () => {
  using interruption = new Interruption();
  expect(interruption.signal.aborted).toBe(false);
  process.emit('SIGHUP', 'SIGHUP');
  expect(String(interruption.signal.reason)).toBe('AbortError: Interrupted by SIGHUP.');
});

test('disposing restores the default behaviour of the signals', () => {
  const before = process.listenerCount('SIGINT');
  new Interruption()[Symbol.dispose]();
  expect(process.listenerCount('SIGINT')).toBe(before);
});
