import { afterEach, describe, expect, it } from 'vitest';
import type { DemoInfo } from '../api-types.ts';
import { childProcesses } from '../testing/child-processes.ts';
import type { DemoClient } from '../testing/demo-client.ts';
import { startTestServer, type TestServer, type TestServerOptions } from '../testing/start-test-server.ts';

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server[Symbol.asyncDispose]()));
});

async function serve(options?: TestServerOptions): Promise<TestServer> {
  const server = await startTestServer(options);
  servers.push(server);
  return server;
}

const patience = { timeout: 20_000, interval: 50 };

function isAlive(client: DemoClient, id: string): Promise<boolean> {
  return client.fetch(`/api/sessions/${id}`).then(({ ok }) => ok);
}

describe('GET /api/info', () => {
  it('lists the back ends of the registry, and checks which of them work', async () => {
    const { client } = await serve();
    const names = (await client.json<DemoInfo>('/api/info')).backends.map(({ name }) => name);
    expect(names).toContain('embedded');
    const embedded = async (): Promise<unknown> =>
      (await client.json<DemoInfo>('/api/info')).backends.find(({ name }) => name === 'embedded');
    await expect.poll(embedded, patience).toMatchObject({ available: true, title: expect.stringContaining('WebAssembly') });
  });

  it('calls the scripted model scripted', async () => {
    const { client } = await serve();
    expect(await client.json<DemoInfo>('/api/info')).toMatchObject({
      model: { kind: 'scripted', name: 'scripted' },
      defaultBackend: 'embedded',
    });
  });
});

describe('a session', () => {
  it('describes its sandbox and its languages', async () => {
    const { client } = await serve();
    const session = await client.createSession({ approval: true });
    expect(session).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/), backend: 'embedded', approval: true, busy: false });
    expect(session.languages.map(({ id }) => id)).toContain('python');
    expect(await client.json(`/api/sessions/${session.id}`)).toEqual(session);
  });

  it('on an unknown back end is refused with the names of the known back ends', async () => {
    const { client } = await serve();
    const body = JSON.stringify({ backend: 'mainframe' });
    const failure = await client.failure('/api/sessions', { method: 'POST', body });
    expect(failure).toMatchObject({ status: 400, code: 'unknown-backend', message: expect.stringContaining('"embedded"') });
  });

  it('on a back end that cannot start reports the reason and advice at the first run', async () => {
    const { client } = await serve();
    const env = { DOCKER_HOST: process.env['DOCKER_HOST'] };
    process.env['DOCKER_HOST'] = 'tcp://127.0.0.1:1';
    try {
      const chat = await client.openChat({ backend: 'docker' });
      const answer = await chat.send('```sh\necho hello\n```');
      const run = answer.parts.find((part) => part.type === 'tool-run_code');
      expect(run).toMatchObject({ output: { failure: { code: expect.any(String), advice: expect.stringMatching(/\w/) } } });
      expect(JSON.stringify(answer)).not.toContain('    at ');
    } finally {
      if (env.DOCKER_HOST === undefined) delete process.env['DOCKER_HOST'];
      else process.env['DOCKER_HOST'] = env.DOCKER_HOST;
    }
  });

  it('is refused if there are too many sessions, until one of them ends', async () => {
    const { client } = await serve({ limits: { maxSessions: 2 } });
    const first = await client.createSession();
    await client.createSession();
    const failure = await client.failure('/api/sessions', { method: 'POST', body: '{}' });
    expect(failure).toMatchObject({ status: 429, code: 'too-many-sessions', advice: expect.stringContaining('Close') });
    await client.fetch(`/api/sessions/${first.id}`, { method: 'DELETE' });
    await client.createSession();
  });

  it('ends a while after the last page that showed it was closed, but not while a page shows it', async () => {
    const { client } = await serve({ limits: { graceMs: 300 } });
    const { id } = await client.createSession();
    const pages = [new AbortController(), new AbortController()];
    for (const { signal } of pages) expect((await client.fetch(`/api/sessions/${id}/alive`, { signal })).status).toBe(200);
    pages[0]!.abort();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await isAlive(client, id)).toBe(true);
    pages[1]!.abort();
    await expect.poll(() => isAlive(client, id), patience).toBe(false);
  });

  it.each([
    ['no page', async () => {}],
    ['only a HEAD request', (client: DemoClient, id: string) => client.fetch(`/api/sessions/${id}/alive`, { method: 'HEAD' })],
  ])('ends soon if %s ever showed it', async (_, visit) => {
    const { client, sessions } = await serve({ limits: { unattendedMs: 1_000 } });
    await visit(client, (await client.createSession()).id);
    await expect.poll(() => sessions.size, patience).toBe(0);
  });

  it('stays while a page shows it, even if it is not used', async () => {
    const { client, sessions } = await serve({ limits: { unattendedMs: 1_000 } });
    const { id } = await client.createSession();
    expect((await client.fetch(`/api/sessions/${id}/alive`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(sessions.size).toBe(1);
  });

  it('survives a reload of its page', async () => {
    const { client } = await serve({ limits: { graceMs: 3_000 } });
    const { id } = await client.createSession();
    const before = new AbortController();
    await client.fetch(`/api/sessions/${id}/alive`, { signal: before.signal });
    before.abort();
    // Kept in a variable, because an unreferenced response is closed when it is garbage-collected.
    const after = await client.fetch(`/api/sessions/${id}/alive`);
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    expect(await isAlive(client, id)).toBe(true);
    await after.body?.cancel();
  });

  it('ends if it is not used, and notifies the page that shows it', async () => {
    const { client, sessions } = await serve({ limits: { idleMs: 3_000 } });
    const { id } = await client.createSession();
    const page = await client.fetch(`/api/sessions/${id}/alive`);
    expect(await page.text()).toContain('event: closed');
    expect(sessions.size).toBe(0);
  });

  it.each(['', '/files', '/alive'])('that never existed is not found: %s', async (rest) => {
    const { client } = await serve();
    expect(await client.failure(`/api/sessions/${'0'.repeat(32)}${rest}`)).toMatchObject({ status: 404, code: 'session-not-found' });
  });
});

describe('shutting the server down', () => {
  it('ends runs, closes connections and removes every sandbox', async () => {
    const before = childProcesses();
    const server = await serve();
    const { client } = server;
    const chat = await client.openChat();
    const answering = chat.send('```python\nwhile True: print("on and on", flush=True)\n```').catch(() => undefined);
    await expect.poll(() => chat.messages.length > 0 && client.json<{ busy: boolean }>(chat.path), patience).toMatchObject({ busy: true });
    await client.createSession();
    await client.fetch(`${chat.path}/alive`);
    await server[Symbol.asyncDispose]();
    await answering;
    await expect(client.fetch('/api/info')).rejects.toThrow();
    await expect.poll(() => childProcesses().filter((id) => !before.includes(id)), patience).toEqual([]);
    expect(server.errors).toEqual([]);
  });
});
