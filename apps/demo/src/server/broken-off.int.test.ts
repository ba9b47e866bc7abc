import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionDocument } from '../api-types.ts';
import type { ChatClient } from '../testing/chat-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server[Symbol.asyncDispose]());

const patience = { timeout: 30_000, interval: 50 };

/** Sends the head of a request, and a part of its body. */
async function begin(method: string, options: { readonly path: string; readonly body: string; readonly length: number }): Promise<Socket> {
  const { port } = server.client;
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const head = [`${method} ${options.path} HTTP/1.1`, `host: 127.0.0.1:${port}`, 'x-sandpod-demo: 1', `content-length: ${options.length}`];
  socket.write(`${head.join('\r\n')}\r\n\r\n${options.body}`);
  return socket;
}

function startExecutor(id: string): Promise<void> {
  return server.sessions.use(id, (session) => session.executor.start());
}

async function isBusy({ path }: ChatClient): Promise<boolean> {
  return (await server.client.json<SessionDocument>(path)).busy;
}

describe('an interrupted connection', () => {
  it('during an upload leaves no file, and is not reported as an error of the server', async () => {
    const chat = await server.client.openChat();
    await startExecutor(chat.id);
    const socket = await begin('PUT', { path: `${chat.path}/files/half.txt`, body: 'half', length: 1_000 });
    await expect.poll(() => isBusy(chat), patience).toBe(true);
    socket.destroy();
    await expect.poll(() => isBusy(chat), patience).toBe(false);
    expect((await server.client.fetch(`${chat.path}/files/half.txt`)).status).toBe(404);
    expect(server.errors).toEqual([]);
  });

  it('during a chat request is not reported as an error of the server', async () => {
    const chat = await server.client.openChat();
    const socket = await begin('POST', { path: `${chat.path}/chat`, body: '{"messages":', length: 1_000 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.destroy();
    await once(socket, 'close');
    expect(await isBusy(chat)).toBe(false);
    expect(server.errors).toEqual([]);
  });
});

it('a file transfer that the end of its session interrupts reports session-not-found', async () => {
  const chat = await server.client.openChat();
  await startExecutor(chat.id);
  const socket = await begin('PUT', { path: `${chat.path}/files/half.txt`, body: 'half', length: 1_000 });
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  await expect.poll(() => isBusy(chat), patience).toBe(true);
  await server.sessions.close(chat.id);
  await expect.poll(() => answer, patience).toContain('session-not-found');
  socket.destroy();
  expect(server.errors).toEqual([]);
});
