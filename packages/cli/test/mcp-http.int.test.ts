import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { endOf, runCli, startCli } from './cli-process.ts';
import { descendantsOf, survivors } from './process-tree.ts';

const LONG = { name: 'run_code', arguments: { code: 'import time\nprint("begun", flush=True)\ntime.sleep(600)' } };
const INITIALIZE = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
const TOKEN = 'a-token-for-the-tests';

type Server = ReturnType<typeof startCli>;

/** Starts the server and waits for its URL. */
async function startHttp(
  argv: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<{ child: Server; greeting: string; url: string }> {
  const child = startCli(['mcp', '--http', '--port', '0', ...argv], { env });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  const greeting = chunk.toString();
  return { child, greeting, url: /http:\S+\/mcp/.exec(greeting)?.[0] ?? '' };
}

function post(url: string, message: object, headers: Record<string, string> = {}): Promise<Response> {
  const own = { authorization: `Bearer ${TOKEN}`, accept: 'application/json, text/event-stream', 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers: { ...own, ...headers }, body: JSON.stringify({ jsonrpc: '2.0', ...message }) });
}

async function openSession(url: string): Promise<Record<string, string>> {
  const opened = await post(url, { id: 1, method: 'initialize', params: INITIALIZE });
  return { 'mcp-session-id': opened.headers.get('mcp-session-id') ?? '' };
}

test.each(['SIGINT', 'SIGTERM'] as const)('sandpod mcp --http leaves nothing behind after %s', async (signal) => {
  const { child, url } = await startHttp([], { SANDPOD_MCP_TOKEN: TOKEN });
  const ended = endOf(child);
  const sessions = await Promise.all([openSession(url), openSession(url)]);
  const calls = sessions.map((headers) =>
    post(url, { id: 2, method: 'tools/call', params: LONG }, headers).then((response) => response.text()),
  );
  const settled = Promise.allSettled(calls);
  await expect.poll(() => descendantsOf(child.pid ?? 0).length, { timeout: 30_000 }).toBeGreaterThan(1);
  const processes = descendantsOf(child.pid ?? 0);
  child.kill(signal);
  expect((await ended).exitCode).toBe(130);
  await settled;
  await expect.poll(() => survivors(processes), { timeout: 30_000 }).toEqual([]);
});

describe('the token', () => {
  test('is random and printed if none is set', async () => {
    const { child, greeting, url } = await startHttp();
    const token = /Bearer ([\w-]{43})\n/.exec(greeting)?.[1] ?? '';
    const answer = await post(url, { id: 1, method: 'initialize', params: INITIALIZE }, { authorization: `Bearer ${token}` });
    expect([answer.status, (await post(url, {})).status]).toEqual([200, 401]);
    child.kill('SIGINT');
    await endOf(child);
  });

  test('from the environment is not printed', async () => {
    const { child, greeting, url } = await startHttp([], { SANDPOD_MCP_TOKEN: TOKEN });
    expect((await post(url, { id: 1, method: 'initialize', params: INITIALIZE })).status).toBe(200);
    child.kill('SIGINT');
    const { stdout, stderr } = await endOf(child);
    expect(greeting + stdout + stderr).not.toContain(TOKEN);
  });
});

test.each([
  [['--port', '3000'], '--port needs --http'],
  [['--http', '--port', 'x'], '--port expects a whole number'],
  [['--http', '--max-sessions', '0'], '--max-sessions expects a whole number'],
  [['--http', '--idle', 'never'], '--idle expects a time'],
  [['--http', '--host', '192.0.2.1'], 'cannot listen'],
  [['--http', '--on', 'nowhere'], 'nowhere'],
])('%j is a mistake in the command line', async (argv, message) => {
  expect(await runCli(['mcp', ...argv])).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) });
});

test('a port that is in use is reported', async () => {
  const { child, url } = await startHttp();
  const { port } = new URL(url);
  expect(await runCli(['mcp', '--http', '--port', port])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--port 0') });
  child.kill('SIGINT');
  await endOf(child);
});
