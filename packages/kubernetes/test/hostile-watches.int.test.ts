import { endlessLine, hostileVariants } from '@sandpod/testkit';
import { expect, test } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { type Watchable, watchObject } from '../src/client/watch-objects.ts';
import { HostileServer } from './fixtures/hostile-server.ts';

const MiB = 1024 * 1024;
const EVENT = '{"type":"MODIFIED","object":{"metadata":{"name":"watched","uid":"1"}}}\n';
const LIST = '{"metadata":{"name":"read"}}';

/** Returns the names in the states until the object was read again, because the watch ended. */
async function statesOf(chunks: () => Iterable<Uint8Array>): Promise<unknown[]> {
  await using server = await HostileServer.forRequests((request, response) => {
    if (request.url?.includes('watch=true') !== true) {
      response.end(LIST);
      return;
    }
    void (async () => {
      for (const chunk of chunks()) {
        if (response.destroyed) return;
        if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
      }
      response.end();
    })();
  });
  const states: unknown[] = [];
  let reads = 0;
  const call = { ...RESOURCE.pods, namespace: 'x', name: 'p' };
  for await (const state of watchObject<Watchable>(server.client, { call, abortSignal: AbortSignal.timeout(30_000) })) {
    const name = state.type === 'present' ? state.object.metadata?.name : state.type;
    if (name === 'read') reads += 1;
    if (reads === 2) break;
    states.push(name);
  }
  return states;
}

test('a watch that sends an endless line is ended with little memory, and the object is read again', async () => {
  const before = process.memoryUsage.rss();
  expect(await statesOf(() => endlessLine({ start: '{"type":"', totalBytes: 256 * MiB }))).toEqual(['read']);
  expect(process.memoryUsage.rss() - before).toBeLessThan(150 * MiB);
});

test('damaged watch events never become states of the object', { timeout: 240_000 }, async () => {
  const variants = hostileVariants(EVENT);
  await Promise.all(
    variants.map(async ({ name, bytes }) => {
      const states = await statesOf(() => [bytes]);
      expect(states[0], name).toBe('read');
      for (const state of states.slice(1)) expect(state, name).toBeTypeOf('string');
    }),
  );
});
