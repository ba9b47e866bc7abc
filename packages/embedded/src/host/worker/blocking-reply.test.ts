import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { BlockingReply } from './blocking-reply.ts';

/** Wakes a thread that waits for ever, and says so in the second number. */
const RESCUE = `
  const { workerData } = require('node:worker_threads');
  const numbers = new Int32Array(workerData);
  setTimeout(() => {
    Atomics.store(numbers, 1, 1);
    Atomics.store(numbers, 0, 1);
    Atomics.notify(numbers, 0);
  }, 2_000);
`;

it('a reply that arrives while the wait begins again is received, and never waited for in vain', async () => {
  const signal = new SharedArrayBuffer(8);
  const numbers = new Int32Array(signal);
  const rescue = new Worker(RESCUE, { eval: true, workerData: signal });
  try {
    const reply = new BlockingReply(signal);
    const replies: string[] = [];
    let looks = 0;
    const receive = (): string | undefined => {
      looks += 1;
      const found = replies.shift();
      if (looks === 1) {
        replies.push('reply');
        Atomics.store(numbers, 0, 1);
      }
      return found;
    };
    Atomics.store(numbers, 0, 1); // The late notification of an earlier reply.
    expect(reply.wait(receive)).toBe('reply');
    expect(numbers[1]).toBe(0);
  } finally {
    await rescue.terminate();
  }
});
