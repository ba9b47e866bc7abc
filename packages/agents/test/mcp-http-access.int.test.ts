import { once } from 'node:events';
import { type IncomingMessage, request as nodeRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callIn, connectHttp, INITIALIZE, openSession, send, startHttp, type TestHttpServer } from './mcp-http-client.ts';

const MiB = 1024 * 1024;

let server: TestHttpServer;
beforeAll(async () => {
  server = await startHttp();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  const unexpected = server.errors.filter(({ message }) => !/^(Bad Request|Rejected inbound request)/.test(message));
  expect(unexpected).toEqual([]);
});

describe('a request', () => {
  test.each<[string, Record<string, string>, number]>([
    ['no token', { authorization: '' }, 401],
    ['another token', { authorization: 'Bearer 0123456789abcdef' }, 401],
    ['the token in another scheme', { authorization: 'Basic TOKEN' }, 401],
    ['a host name that resolves to this machine', { host: 'evil.example:PORT' }, 403],
    ['a host without the port', { host: 'localhost' }, 403],
    ['the origin of another site', { origin: 'https://evil.example' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['a mark of the browser that it is foreign', { 'sec-fetch-site': 'cross-site' }, 403],
    ['text that is not JSON', { 'content-type': 'text/plain' }, 415],
    ['an invented session id', { 'mcp-session-id': 'a2f1c0de-0000-4000-8000-000000000000' }, 404],
    ['the name of a sandbox as session id', { 'mcp-session-id': 'main' }, 404],
  ])('with %s is refused and creates nothing', async (_, headers, status) => {
    const fill = (text: string): string => text.replace('PORT', String(server.port)).replace('TOKEN', server.token);
    const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]));
    const before = server.executors.length;
    const answer = await send(server, { headers: filled, body: INITIALIZE });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { message: expect.any(String) } });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    if (status === 401) expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
    expect(server.executors.length).toBe(before);
  });

  test('with the origin of the server itself is accepted', async () => {
    const headers = { host: `localhost:${server.port}`, origin: `http://localhost:${server.port}` };
    expect((await send(server, { headers, body: INITIALIZE })).status).toBe(200);
  });

  test('in a session, with an unknown protocol version, is refused', async () => {
    const headers = { 'mcp-session-id': await openSession(server), 'mcp-protocol-version': '1999-01-01' };
    expect((await send(server, { headers, body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}' })).status).toBe(400);
  });

  test.each([
    ['no JSON', '{"jsonrpc":'],
    ['nothing', ''],
    ['deeply nested JSON', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['no message', '{"a":1}'],
    ['null', 'null'],
    ['a call without a session', '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'],
    ['two messages that open a session', `[${INITIALIZE},${INITIALIZE}]`],
    ['an initialization without its parameters', '{"jsonrpc":"2.0","id":1,"method":"initialize"}'],
  ])('whose body is %s opens no session', async (_, body) => {
    const before = server.executors.length;
    const { status, headers } = await send(server, { body });
    expect(status).toBe(400);
    expect(headers['mcp-session-id']).toBeUndefined();
    expect(server.executors.length).toBe(before);
  });

  test('with a huge body is refused', async () => {
    // The server closes the connection while the client still sends, so the client may not get the answer.
    const statusOf = (headers: Record<string, string>): Promise<unknown> =>
      send(server, { body: Buffer.alloc(64 * MiB, ' '), headers }).then(
        ({ status }) => status,
        () => 'closed',
      );
    expect([413, 'closed']).toContain(await statusOf({}));
    expect([401, 'closed']).toContain(await statusOf({ authorization: '' }));
    expect((await send(server, { body: INITIALIZE })).status).toBe(200);
  });

  test.each([
    ['GET', '/', 404],
    ['POST', '/sse', 404],
    ['GET', '/mcp', 400],
    ['PUT', '/mcp', 405],
    ['GET', '/files', 404],
    ['GET', '/files/nothing/a', 404],
    ['DELETE', '/mcp', 400],
  ])('%s %s is answered with %i', async (method, path, status) => {
    const { headers, ...answer } = await send(server, { method, path });
    expect(answer).toMatchObject({ status, body: expect.stringContaining('"error"') });
  });
});

describe('sessions', () => {
  test('do not see each other, even if they run at the same time', async () => {
    const ids = await Promise.all([0, 1, 2].map(() => openSession(server)));
    const code = (n: number): string => `import os, time; open("mine-${n}.txt", "w").close(); time.sleep(0.3); print(sorted(os.listdir()))`;
    const answers = await Promise.all(ids.map((id, n) => callIn(server, id, { name: 'run_code', arguments: { code: code(n) } })));
    for (const [n, { body }] of answers.entries()) {
      expect(body).toContain(`mine-${n}.txt`);
      expect(body).not.toContain(`mine-${(n + 1) % 3}.txt`);
    }
    await Promise.all(ids.map((id) => send(server, { method: 'DELETE', headers: { 'mcp-session-id': id } })));
  });

  test('end with DELETE, which removes the sandbox and ends the running call', async () => {
    const id = await openSession(server);
    const executor = server.executors.at(-1);
    const running = callIn(server, id, { name: 'run_code', arguments: { code: 'import time; time.sleep(600)' } }).catch(() => undefined);
    await sleep(1_000);
    expect((await send(server, { method: 'DELETE', headers: { 'mcp-session-id': id } })).status).toBe(200);
    await running;
    expect((await callIn(server, id, { name: 'list_files', arguments: {} })).status).toBe(404);
    expect((await send(server, { method: 'GET', path: `/files/${id}/a` })).status).toBe(404);
    expect(executor).toBeDefined();
  });

  test('a thousand sessions that nobody uses keep no more than the maximum, and none with a connected client ends', async () => {
    await using small = await startHttp({ maxSessions: 2 });
    await using client = await connectHttp(small, 'new client');
    await client.call('write_file', { path: 'kept.txt', content: 'kept' });
    for (let n = 0; n < 100; n += 1) await Promise.all(Array.from({ length: 10 }, () => openSession(small).catch(() => undefined)));
    expect(await client.call('read_file', { path: 'kept.txt' })).toMatchObject({ structuredContent: { content: 'kept' } });
  });

  test('a server whose sessions are all in use refuses a new one for now', async () => {
    await using small = await startHttp({ maxSessions: 1 });
    await using _client = await connectHttp(small, 'new client');
    await expect.poll(async () => (await send(small, { body: INITIALIZE })).status).toBe(503);
    const { headers } = await send(small, { body: INITIALIZE });
    expect(headers['retry-after']).toBe('10');
  });

  test('a session without a client ends after the idle time', async () => {
    await using brief = await startHttp({ idleMs: 200 });
    const id = await openSession(brief);
    const status = async (): Promise<number> => (await callIn(brief, id, { name: 'list_files', arguments: {} })).status;
    // Each call starts the idle time again.
    await expect.poll(status, { interval: 1_000, timeout: 30_000 }).toBe(404);
  });
});

describe('the files of a session', () => {
  test('of any size go in and out through its own address, in limited memory', async () => {
    const id = await openSession(server);
    const url = new URL(`/files/${id}/in%20here/big.bin`, server.url);
    const authorization = `Bearer ${server.token}`;
    const chunks = 16;
    const chunk = Buffer.alloc(MiB, 'z');
    const body = ReadableStream.from(Array.from({ length: chunks }, () => chunk)) as ReadableStream<Uint8Array<ArrayBuffer>>;
    const put = await fetch(url, { method: 'PUT', body, headers: { authorization }, duplex: 'half' } as RequestInit);
    expect([put.status, await put.json()]).toEqual([201, { path: 'in here/big.bin', size: chunks * MiB }]);
    const counted = await callIn(server, id, { name: 'run_command', arguments: { command: 'wc -c < "in here/big.bin"' } });
    expect(counted.body).toContain(String(chunks * MiB));
    const got = await fetch(url, { headers: { authorization } });
    expect(got.headers.get('content-disposition')).toBe('attachment');
    expect((await got.bytes()).byteLength).toBe(chunks * MiB);
    expect((await fetch(url)).status).toBe(401);
  });

  test.each(['..%2f..%2fetc%2fpasswd', '%2fetc%2fpasswd', 'a%00b', '%', '', 'in%20here'])('%j is refused', async (path) => {
    const id = await openSession(server);
    const answer = await send(server, { method: 'GET', path: `/files/${id}/${path}` });
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('root:');
  });

  test('an upload that breaks off leaves the old file', async () => {
    const id = await openSession(server);
    const path = `/files/${id}/kept.txt`;
    await send(server, { method: 'PUT', path, body: 'old' });
    const headers = { 'content-length': '100', connection: 'close' };
    const broken = send(server, { method: 'PUT', path, headers, body: 'new' });
    await Promise.race([broken.catch(() => {}), sleep(2_000)]);
    expect((await send(server, { method: 'GET', path })).body).toBe('old');
  });

  test('an upload that stalls ends with its session', async () => {
    const id = await openSession(server);
    const headers = { 'content-length': '100' };
    const stalled = nodeRequest(new URL(`/files/${id}/a.txt`, server.url), {
      method: 'PUT',
      headers: { authorization: `Bearer ${server.token}`, ...headers },
    });
    const answered = once(stalled, 'response');
    stalled.write('new');
    await sleep(500);
    expect((await send(server, { method: 'DELETE', headers: { 'mcp-session-id': id } })).status).toBe(200);
    const [response] = (await answered) as [IncomingMessage];
    expect(response.statusCode).toBe(404);
    stalled.destroy();
  });
});
