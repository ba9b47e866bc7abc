import { request as nodeRequest } from 'node:http';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CodeExecutor } from '@sandpod/core';
import { EmbeddedCommandLineCodeExecutor } from '@sandpod/embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type McpHttpServer, serveMcpHttp } from '../src/mcp/index.ts';

const MiB = 1024 * 1024;

/** The executors that the server created, to see whether their sandboxes are gone. */
const executors: CodeExecutor[] = [];
const errors: Error[] = [];

let server: McpHttpServer;
beforeAll(async () => {
  server = await serveMcpHttp({
    port: 0,
    maxSessions: 8,
    onError: (error) => errors.push(error),
    createExecutor: () => {
      const executor = new EmbeddedCommandLineCodeExecutor();
      executors.push(executor);
      return executor;
    },
  });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  expect(errors).toEqual([]);
});

const KINDS = ['old client', 'new client', 'new client without sessions'] as const;
type Kind = (typeof KINDS)[number];

/** What both SDKs' clients have in common. */
interface AnyClient extends AsyncDisposable {
  readonly sessionId: () => string | undefined;
  call(name: string, args: Record<string, unknown>, options?: object): Promise<Result>;
  read(uri: string): Promise<{ readonly text?: string; readonly blob?: string }>;
  list(): Promise<readonly { readonly uri: string; readonly size?: number }[]>;
  instructions(): string;
  terminate(): Promise<void>;
}

interface Result {
  readonly isError?: boolean;
  readonly content: readonly { readonly type: string; readonly text?: string; readonly uri?: string }[];
  readonly structuredContent: Record<string, unknown>;
}

/** Connects the real client of an SDK: 1.x, 2.x with sessions, or 2.x with protocol version 2026-07-28. */
async function connect(kind: Kind, options: { readonly name?: string; readonly capabilities?: object } = {}): Promise<AnyClient> {
  const url = new URL(options.name === undefined ? server.url : `${server.url}/${options.name}`);
  const requestInit = { headers: { authorization: `Bearer ${server.token}` } };
  const info = { name: 'test', version: '1' };
  const versionNegotiation = kind === 'new client without sessions' ? { mode: 'auto' as const } : undefined;
  const client = kind === 'old client' ? new OldClient(info) : new Client(info, { ...(versionNegotiation && { versionNegotiation }) });
  const transport = kind === 'old client' ? new OldTransport(url, { requestInit }) : new StreamableHTTPClientTransport(url, { requestInit });
  await (client as Client).connect(transport as StreamableHTTPClientTransport);
  return {
    sessionId: () => transport.sessionId,
    call: (name, args, callOptions = {}) =>
      (kind === 'old client'
        ? (client as OldClient).callTool({ name, arguments: args }, undefined, callOptions)
        : (client as Client).callTool({ name, arguments: args }, callOptions)) as unknown as Promise<Result>,
    read: async (uri) => ((await (client as Client).readResource({ uri })).contents as { text?: string; blob?: string }[])[0] ?? {},
    list: async () => (await (client as Client).listResources()).resources,
    instructions: () => (client as Client).getInstructions() ?? '',
    terminate: () => transport.terminateSession(),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

describe.each(KINDS)('a session of an %s over HTTP', (kind) => {
  const name = `own-${KINDS.indexOf(kind)}`;
  let client: AnyClient;
  beforeAll(async () => {
    client = await connect(kind, { name });
  });
  afterAll(() => client?.[Symbol.asyncDispose]());

  test('lists no resources and starts nothing until the first call', async () => {
    expect(await client.list()).toEqual([]);
    expect(client.instructions()).toContain('sandbox:///PATH');
    expect(client.instructions()).toContain(`http://127.0.0.1:${server.port}/files/${client.sessionId() ?? name}/PATH`);
  });

  test('runs code, keeps files, and links to the files that the code wrote', async () => {
    const made = await client.call('run_code', { code: 'print(6 * 7); open("ü a.csv", "w").write("a,b")' });
    expect(made).toMatchObject({ structuredContent: { outcome: 'ok', stdout: '42\n' } });
    expect(made.content).toContainEqual({
      type: 'resource_link',
      uri: 'sandbox:///%C3%BC%20a.csv',
      name: 'ü a.csv',
      mimeType: 'text/csv',
      size: 3,
    });
    expect(await client.read('sandbox:///%C3%BC%20a.csv')).toMatchObject({ text: 'a,b', mimeType: 'text/csv' });
    expect((await client.list()).map(({ uri }) => uri)).toEqual(['sandbox:///%C3%BC%20a.csv']);
  });

  test('reports progress', async () => {
    const heard: string[] = [];
    const onprogress = ({ message = '' }): unknown => heard.push(message);
    await client.call('run_code', { code: 'import time\nfor n in range(3): print("step", n, flush=True); time.sleep(0.2)' }, { onprogress });
    expect(heard.join('')).toMatch(/step 0[\s\S]*step 2/);
  });

  test('cancels a call, which kills its code', async () => {
    const controller = new AbortController();
    const begun = Promise.withResolvers<void>();
    const code = 'import time\nprint("begun", flush=True)\nfor n in range(600): time.sleep(0.05); open("beat.txt", "a").write("x")';
    const running = client.call('run_code', { code }, { signal: controller.signal, onprogress: () => begun.resolve() });
    const ended = expect(running).rejects.toThrow();
    await begun.promise;
    controller.abort('enough');
    await ended;
    // The next call waits in the queue until the cancelled call has ended, which takes 30 s if nothing kills its code.
    const started = performance.now();
    expect(await client.call('run_code', { code: 'print("next")' })).toMatchObject({ structuredContent: { stdout: 'next\n' } });
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('transfers a large file in parts', async () => {
    const part = Buffer.alloc(3 * MiB, 'abcdefg').toString('base64');
    for (const offset of [0, 3 * MiB, 6 * MiB])
      expect(await client.call('write_file', { path: '/workspace/big.bin', content: part, encoding: 'base64', offset })).toMatchObject({
        structuredContent: { path: 'big.bin', size: offset + 3 * MiB },
      });
    await expect(client.read('sandbox:///big.bin')).rejects.toThrow(/9437184 bytes.*offset=0/);
    const [first, second] = [await client.read('sandbox:///big.bin?length=4194304'), await client.read('sandbox:///big.bin?offset=4194304')];
    const read = Buffer.concat([first, second].map(({ blob = '' }) => Buffer.from(blob, 'base64')));
    expect(read.equals(Buffer.concat(Array.from({ length: 3 }, () => Buffer.from(part, 'base64'))))).toBe(true);
    expect(await client.call('write_file', { path: 'big.bin', content: 'x', offset: 10 * MiB })).toMatchObject({ isError: true });
    expect(await client.call('run_command', { command: 'wc -c < big.bin' })).toMatchObject({ structuredContent: { stdout: expect.stringContaining('9437184') } });
  });
});
