import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let pageDirectory: string;
beforeAll(async () => {
  pageDirectory = await mkdtemp(join(tmpdir(), 'demo-page-'));
  await writeFile(join(pageDirectory, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(pageDirectory, 'app.js'), 'export {};');
  server = await startTestServer({ pageDirectory });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(pageDirectory, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

/** Sends exactly these headers; `fetch` would not let a `Host` through. */
function send(
  path: string,
  options: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port: server.client.port, path, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    call.on('error', reject).end();
  });
}

describe('access to the server', () => {
  it.each(['localhost', '127.0.0.1', '[::1]'])('is open to a page at %s', async (name) => {
    expect((await send('/api/info', { headers: { host: `${name}:${server.client.port}` } })).status).toBe(200);
  });

  it.each<[string, (port: number) => Record<string, string>]>([
    ['a name that points here only now', (port) => ({ host: `evil.example:${port}` })],
    ['our name inside another', (port) => ({ host: `localhost.evil.example:${port}` })],
    ['another port', () => ({ host: 'localhost:1' })],
    ['no port', () => ({ host: 'localhost' })],
    ['another address', (port) => ({ host: `192.0.2.1:${port}` })],
    ['another origin', (port) => ({ host: `localhost:${port}`, origin: 'https://evil.example' })],
    ['an opaque origin', (port) => ({ host: `localhost:${port}`, origin: 'null' })],
    ['the same address over another scheme', (port) => ({ host: `localhost:${port}`, origin: `https://localhost:${port}` })],
    ['a cross-site request without an origin', (port) => ({ host: `localhost:${port}`, 'sec-fetch-site': 'cross-site' })],
    ['another port of this machine', (port) => ({ host: `localhost:${port}`, 'sec-fetch-site': 'same-site' })],
  ])('is closed to requests with %s', async (_, headersFor) => {
    const { status, body } = await send('/api/info', { headers: headersFor(server.client.port) });
    expect(status).toBe(403);
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'forbidden', advice: expect.any(String) } });
  });

  it.each([
    ['POST', '/api/sessions'],
    ['POST', '/api/sessions/some/close'],
    ['PUT', '/api/sessions'],
    ['PATCH', '/api/sessions'],
    ['DELETE', '/api/sessions'],
  ])('is closed to %s %s without the custom header', async (method, path) => {
    expect((await send(path, { method })).status).toBe(403);
    expect((await send(path, { method, headers: { 'x-sandpod-demo': '1' } })).status).not.toBe(403);
  });

  it('is not granted to other origins: they may not send the header', async () => {
    const headers = {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-sandpod-demo',
    };
    const answer = await send('/api/sessions', { method: 'OPTIONS', headers });
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('the page', () => {
  it('is served with a policy that blocks foreign scripts', async () => {
    const { status, headers, body } = await send('/');
    expect({ status, body }).toEqual({ status: 200, body: '<!doctype html><title>page</title>' });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it.each(['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '//etc/passwd', '/app.js/../../package.json', '/nothing'])(
    'is the only file that is served: %s is not',
    async (path) => {
      const { status, body } = await send(path);
      expect(status).toBe(404);
      expect(body).not.toContain('root:');
    },
  );

  it('explains how to build it if it is missing', async () => {
    await using bare = await startTestServer();
    const response = await bare.client.fetch('/');
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npx pnpm@12 demo');
  });
});

it('is closed to other machines by default; with --host, it accepts addresses but no other names', async () => {
  await using open = await startTestServer({ hostname: '0.0.0.0' });
  const { port } = open.client;
  const statusOf = async (host: string): Promise<number> => {
    const call = Promise.withResolvers<number>();
    request({ host: '127.0.0.1', port, path: '/api/info', headers: { host } }, (response) => {
      response.resume();
      call.resolve(response.statusCode ?? 0);
    }).end();
    return call.promise;
  };
  expect(await statusOf(`192.0.2.1:${port}`)).toBe(200);
  expect(await statusOf(`evil.example:${port}`)).toBe(403);
});
