import { describe, expect, it } from 'vitest';
import { FifoQueue } from './fifo-queue.ts';

const never = new AbortController().signal;

describe('FifoQueue', () => {
  it('lets callers in one at a time and in order', async () => {
    const queue = new FifoQueue();
    const order: string[] = [];
    const work = async (name: string): Promise<void> => {
      const leave = await queue.enter(never);
      order.push(`${name} in`);
      await new Promise((resolve) => setTimeout(resolve, 2));
      order.push(`${name} out`);
      leave();
    };
    await Promise.all([work('a'), work('b'), work('c')]);
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
  });

  it('skips a caller that gave up, without letting the next one in early', async () => {
    const queue = new FifoQueue();
    const leave = await queue.enter(never);
    const abort = new AbortController();
    const givenUp = queue.enter(abort.signal);
    let isIn = false;
    const next = queue.enter(never).then((free) => {
      isIn = true;
      free();
    });
    abort.abort(new Error('no patience'));
    await expect(givenUp).rejects.toThrow('no patience');
    expect(isIn).toBe(false);
    leave();
    await next;
    expect(isIn).toBe(true);
  });
});
