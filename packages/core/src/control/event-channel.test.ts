import { describe, expect, it } from 'vitest';
import { EventChannel } from './event-channel.ts';

describe('EventChannel', () => {
  it('hands values on in order and ends', async () => {
    const channel = new EventChannel<number>();
    void channel.send(1);
    void channel.send(2);
    channel.close();
    expect([await channel.next(), await channel.next(), await channel.next()]).toEqual([1, 2, undefined]);
  });

  it('lets a fast producer wait for a slow consumer', async () => {
    const channel = new EventChannel<number>({ capacity: 4 });
    let sent = 0;
    const producing = (async () => {
      for (let value = 0; value < 100; value += 1) {
        await channel.send(value);
        sent += 1;
      }
      channel.close();
    })();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(sent).toBeLessThan(5);
    const received: number[] = [];
    for (let value = await channel.next(); value !== undefined; value = await channel.next()) received.push(value);
    await producing;
    expect(received).toHaveLength(100);
  });

  it('frees a waiting producer when it is abandoned', async () => {
    const channel = new EventChannel<number>({ capacity: 1 });
    const sending = channel.send(1);
    channel.abandon();
    await sending;
    await channel.send(2);
  });
});
