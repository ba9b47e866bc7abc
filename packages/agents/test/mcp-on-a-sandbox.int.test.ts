import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import type { CodeExecutor, Sandbox } from '@sandpod/core';
import { EmbeddedCommandLineCodeExecutor, EmbeddedSandboxProvider } from '@sandpod/embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMcpServer, type McpServerOptions } from '../src/mcp/index.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await new EmbeddedSandboxProvider().create();
});
afterAll(() => sandbox[Symbol.asyncDispose]());

async function connect(options: McpServerOptions): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'test', version: '1' });
  await Promise.all([createMcpServer(options).connect(far), client.connect(near)]);
  return client;
}

test('a sandbox alone gives commands and files, described by itself', async () => {
  const client = await connect({ sandbox });
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name).sort()).toEqual(['list_files', 'read_file', 'run_command', 'write_file']);
  expect(tools.find(({ name }) => name === 'run_command')?.description).toContain(sandbox.description);
  await client.callTool({ name: 'write_file', arguments: { path: 'in.txt', content: 'b\na\n' } });
  expect(await client.callTool({ name: 'run_command', arguments: { command: 'sort in.txt; echo bad >&2; exit 4' } })).toMatchObject({
    isError: true,
    structuredContent: { outcome: 'nonzero', exitCode: 4, stdout: 'a\nb\n', stderr: 'bad\n' },
  });
});

test('what the model reads is cut at maxModelCharacters', async () => {
  const client = await connect({ sandbox, maxModelCharacters: 100 });
  await sandbox.writeTextFile({ path: 'long.txt', content: 'x'.repeat(200) });
  const cut = expect.stringMatching(/(^|\n)x{50}\n\[\.\.\. 100 characters omitted \.\.\.\]\nx{50}$/);
  expect(await client.callTool({ name: 'run_command', arguments: { command: 'cat long.txt' } })).toMatchObject({
    content: [{ text: cut }],
    structuredContent: { stdout: cut, truncated: true },
  });
  const read = await client.callTool({ name: 'read_file', arguments: { path: 'long.txt' } });
  expect(read).toMatchObject({ content: [{ text: cut }], structuredContent: { size: 200, truncated: true } });
});

test('a command that is out of time is a result with its output so far', async () => {
  const client = await connect({ sandbox, timeoutMs: 5_000 });
  expect(await client.callTool({ name: 'run_command', arguments: { command: 'echo begun; sleep 600' } })).toMatchObject({
    isError: true,
    structuredContent: { outcome: 'timeout', exitCode: null, stdout: 'begun\n', reason: expect.stringContaining('5000 ms') },
  });
});

test('what the platform cannot do is an answer with advice', async () => {
  const client = await connect({ executor: new EmbeddedCommandLineCodeExecutor({ startTimeoutMs: 1 }) });
  expect(await client.callTool({ name: 'run_code', arguments: { code: 'print(1)' } })).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/^start-timeout: .*startTimeoutMs/) }],
  });
});

test('servers on one executor share its queue, as they do over HTTP', async () => {
  const executor: CodeExecutor = new EmbeddedCommandLineCodeExecutor();
  const clients = await Promise.all([connect({ executor }), connect({ executor })]);
  const slow = clients[0]?.callTool({
    name: 'run_code',
    arguments: { code: 'import time; time.sleep(0.5); open("late.txt", "w").write("x")' },
  });
  const read = clients[1]?.callTool({ name: 'read_file', arguments: { path: 'late.txt' } });
  expect(await read).toMatchObject({ structuredContent: { content: 'x' } });
  await slow;
  await executor.stop();
});
