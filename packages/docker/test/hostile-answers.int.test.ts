import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { endlessLine, hostileVariants } from '@sandpod/testkit';
import { expect, test } from 'vitest';
import { createDocker } from '../src/client/create-docker.ts';

const MiB = 1024 * 1024;

/** Asks a daemon that answers as a test says for its containers. */
async function listFrom(answer: RequestListener): Promise<unknown> {
  await using server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const docker = createDocker({ address: `tcp://127.0.0.1:${port}`, source: 'a test', certificates: undefined });
  try {
    return await docker.listContainers().catch((error: unknown) => error);
  } finally {
    server.closeAllConnections();
  }
}

test('an endless answer of the daemon ends with an error and little memory, and its connection is closed', async () => {
  const before = process.memoryUsage.rss();
  const closed = Promise.withResolvers<void>();
  const found = await listFrom((_, response) => {
    response.on('close', () => closed.resolve());
    void (async () => {
      for (const chunk of endlessLine({ start: '["', totalBytes: 1024 * MiB })) {
        if (response.destroyed) return;
        if (!response.write(chunk)) await Promise.race([once(response, 'drain'), closed.promise]);
      }
    })();
  });
  expect(found).toMatchObject({ message: expect.stringContaining('sent more than') });
  await closed.promise;
  expect(process.memoryUsage.rss() - before).toBeLessThan(300 * MiB);
});

test('damaged answers of the daemon are answers or errors, and none hangs', async () => {
  for (const { name, bytes } of hostileVariants('[{"Id":"a","Created":1}]')) {
    const found = await listFrom((_, response) => response.end(bytes));
    expect(found, name).toBeDefined();
    expect(Object.getPrototypeOf({}), name).toBe(Object.prototype);
  }
});
