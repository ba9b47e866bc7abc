import { describe, expect, it } from 'vitest';
import { abortable } from './abortable.ts';

describe('abortable', () => {
  it('rejects with the reason while the promise goes on', async () => {
    const slow = Promise.withResolvers<number>();
    const abort = new AbortController();
    const waiting = abortable(slow.promise, abort.signal);
    abort.abort('reason');
    await expect(waiting).rejects.toBe('reason');
    slow.resolve(1);
    await expect(slow.promise).resolves.toBe(1);
  });

  it('leaves no listener on the signal', async () => {
    const signal = new AbortController().signal;
    let listeners = 0;
    const counting = Object.assign(signal, {
      addEventListener: () => {
        listeners += 1;
      },
      removeEventListener: () => {
        listeners -= 1;
      },
    });
    await abortable(Promise.resolve(1), counting);
    expect(listeners).toBe(0);
  });
});
