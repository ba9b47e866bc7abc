import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { FaultProxy, firstTimes } from '../src/tools/fault-proxy/index.ts';

const BODY = Buffer.alloc(100_000, 'x');
let server: Server;
let proxy: FaultProxy;
let asked = 0;

beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    asked += 1;
    if (incoming.method === 'GET') outgoing.end(BODY);
    else incoming.pipe(outgoing);
  });
  server.on('upgrade', greet);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy = await FaultProxy.start({ target: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  asked = 0;
  proxy.choose = () => undefined;
  proxy.dropMessage = () => false;
});

/** A web socket that sends two words, each in a frame, and then a close frame. */
function greet(_incoming: unknown, socket: Duplex): void {
  const accept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
  socket.on('error', () => {});
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`);
  socket.write(Buffer.concat([Buffer.of(0x82, 3), Buffer.from('one'), Buffer.of(0x82, 3), Buffer.from('two')]));
  setTimeout(() => socket.end(Buffer.of(0x88, 2, 0x03, 0xe8)), 300);
}

/** The text that a client of the web socket receives until the connection ends. */
async function receive(): Promise<string> {
  const { request } = await import('node:http');
  const asking = request(proxy.url, {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    },
  }).end();
  const [, socket, head] = (await once(asking, 'upgrade')) as [unknown, Duplex, Buffer];
  const chunks = [head];
  socket.on('data', (bytes: Buffer) => chunks.push(bytes));
  socket.on('error', () => {});
  socket.on('end', () => socket.end());
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

test('without a fault, everything passes in both directions', async () => {
  expect(await (await fetch(proxy.url)).text()).toBe(BODY.toString());
  const answer = await fetch(proxy.url, { method: 'POST', body: BODY });
  expect(await answer.text()).toBe(BODY.toString());
  expect(await receive()).toMatch(/one.*two/s);
});

test('the proxy responds to the first requests with a status, without the server', async () => {
  proxy.choose = firstTimes(2, { kind: 'status', status: 429, headers: { 'retry-after': '1' } });
  const statuses: number[] = [];
  for (let count = 0; count < 3; count += 1) statuses.push((await fetch(proxy.url)).status);
  expect(statuses).toEqual([429, 429, 200]);
  expect(asked).toBe(1);
});

test('a reset request never arrives, but a request whose response is lost does', async () => {
  proxy.choose = () => ({ kind: 'reset' });
  await expect(fetch(proxy.url)).rejects.toThrow();
  expect(asked).toBe(0);
  proxy.choose = () => ({ kind: 'lose-answer' });
  await expect(fetch(proxy.url)).rejects.toThrow();
  expect(asked).toBe(1);
});

test('with silence there is no response, with a delay it arrives later', async () => {
  proxy.choose = () => ({ kind: 'silence' });
  await expect(fetch(proxy.url, { signal: AbortSignal.timeout(200) })).rejects.toThrow(/abort|timeout/i);
  expect(asked).toBe(0);
  proxy.choose = () => ({ kind: 'delay', delayMs: 200 });
  const startedMs = performance.now();
  expect((await fetch(proxy.url)).status).toBe(200);
  expect(performance.now() - startedMs).toBeGreaterThan(190);
});

test('a response is cut after a number of bytes, and never looks complete', async () => {
  proxy.choose = () => ({ kind: 'cut', afterBytes: 1_000 });
  const answer = await fetch(proxy.url);
  await expect(answer.text()).rejects.toThrow();
});

test('a throttled response is slow', async () => {
  proxy.choose = () => ({ kind: 'throttle', bytesPerSecond: 200_000, direction: 'down' });
  const startedMs = performance.now();
  expect((await (await fetch(proxy.url)).arrayBuffer()).byteLength).toBe(BODY.byteLength);
  expect(performance.now() - startedMs).toBeGreaterThan(450);
});

test('a web socket is cut without a close frame, and closed with one', async () => {
  proxy.choose = () => ({ kind: 'cut', afterBytes: 7 });
  expect(await receive()).not.toContain('\u0088');
  proxy.choose = () => ({ kind: 'close', code: 1001, afterMs: 50 });
  expect((await receive()).slice(-7)).toBe('two\u0088\u0002\u0003\u00e9');
});

test('one message of a web socket is dropped, and later messages arrive', async () => {
  proxy.dropMessage = (payload) => Buffer.from(payload).toString() === 'two';
  const received = await receive();
  expect(received).toContain('one');
  expect(received).not.toContain('two');
  expect(received.slice(-4)).toBe('\u0088\u0002\u0003\u00e8');
});

test('during an interruption, connections are refused; afterwards, it serves at the same address', async () => {
  const { url } = proxy;
  await proxy.interrupt();
  await expect(fetch(url)).rejects.toThrow();
  await proxy.resume();
  expect(proxy.url).toBe(url);
  expect((await fetch(url)).status).toBe(200);
});

test('a connection that is still being opened is cut too', async () => {
  const receiving = receive().catch(() => '');
  await once(server, 'upgrade');
  proxy.cutTunnels();
  expect(await receiving).toBe('');
});
