import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ChatClient, runsOf } from '../testing/chat-client.ts';
import { childProcesses } from '../testing/child-processes.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterEach(() => server.client.closeSessions());
afterAll(() => server[Symbol.asyncDispose]());

/** Appends to a file until it is killed. */
const GROWING =
  '```python\nimport time\nwhile True:\n    with open("log", "a") as file:\n        file.write("x")\n    print("tick", flush=True)\n    time.sleep(0.05)\n```';

const patience = { timeout: 30_000, interval: 100 };

async function expectGrowth(chat: ChatClient): Promise<void> {
  await expect.poll(() => chat.sizeOf('log'), patience).toBeGreaterThan(3);
}

async function expectStandstill(chat: ChatClient): Promise<void> {
  const size = await chat.sizeOf('log');
  expect(size).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await chat.sizeOf('log')).toBe(size);
}

describe('stopping', () => {
  it('kills the run, shows its output so far, and lets the chat continue', async () => {
    const chat = await server.client.openChat();
    const answering = chat.send(GROWING);
    await expectGrowth(chat);
    expect((await chat.stop()).status).toBe(204);
    await expectStandstill(chat);
    const [run] = runsOf(await answering);
    expect(run).toMatchObject({ state: 'output-available', output: { status: 'done', outcome: 'cancelled' } });
    expect(run?.output?.output).toContain('tick');
    const [next] = runsOf(await chat.send('```sh\necho again\n```'));
    expect(next?.output?.output).toBe('again\n');
  });

  it('does not start the following blocks', async () => {
    const chat = await server.client.openChat();
    const answering = chat.send(`${GROWING}\n\`\`\`sh\ntouch second\n\`\`\``);
    await expectGrowth(chat);
    await chat.stop();
    expect(runsOf(await answering)).toHaveLength(1);
    expect((await server.client.fetch(`${chat.path}/files/second`)).status).toBe(404);
  });

  it('does nothing if nothing runs', async () => {
    const chat = await server.client.openChat();
    expect((await chat.stop()).status).toBe(204);
  });
});

describe('a page that closes', () => {
  it('ends its run', async () => {
    const chat = await server.client.openChat();
    const leaving = new AbortController();
    const answering = chat.send(GROWING, { abortSignal: leaving.signal }).catch(() => undefined);
    await expectGrowth(chat);
    leaving.abort();
    await answering;
    await expect.poll(async () => (await server.client.json<{ busy: boolean }>(chat.path)).busy, patience).toBe(false);
    await expectStandstill(chat);
    const [next] = runsOf(await chat.send('```sh\necho back\n```'));
    expect(next?.output?.output).toBe('back\n');
  });
});

describe('closing a session', () => {
  it('ends its run and leaves no process behind', async () => {
    const before = childProcesses();
    const chat = await server.client.openChat();
    const answering = chat.send(GROWING).catch(() => undefined);
    await expectGrowth(chat);
    expect(childProcesses().length).toBeGreaterThan(before.length);
    expect((await server.client.fetch(chat.path, { method: 'DELETE' })).status).toBe(204);
    await answering;
    await expect.poll(() => childProcesses().filter((id) => !before.includes(id)), patience).toEqual([]);
    expect((await server.client.failure(chat.path)).code).toBe('session-not-found');
    expect((await server.client.fetch(chat.path, { method: 'DELETE' })).status).toBe(204);
  });
});
