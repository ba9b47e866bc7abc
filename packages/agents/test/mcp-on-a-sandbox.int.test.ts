import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import type { CodeExecutor, Sandbox } from '@sandpod/core';
import { EmbeddedCommandLineCodeExecutor, EmbeddedSandboxProvider } from '@sandpod/embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

test('a sandbox provides tools for commands and files, with its own description', async () => {
  const client = await connect({ sandbox });
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name).sort()).toEqual(['list_files', 'read_file', 'run_command', 'write_file']);
  expect(tools.find(({ name }) => name === 'run_command')?.description).toContain(sandbox.description);
  await client.callTool({ name: 'write_file', arguments: { path: 'in.txt', content: 'b\na\n' } });
  expect(await client.callTool({ name: 'run_command', arguments: { command: 'sort in.txt; echo bad >&2; exit 4' } })).toMatchObject({
    isError: true,
    structuredContent: { outcome: 'failed', exitCode: 4, stdout: 'a\nb\n', stderr: 'bad\n' },
  });
});

test.each([
  ['a sentence', 'This is no base64.'],
  ['an address', 'data:image/png;base64,AP8B'],
  ['the alphabet of addresses', 'AP-_'],
  ['a part of it', 'AP8BA'],
  ['padding alone', '===='],
])('%s is not written as base64', async (_, content) => {
  const client = await connect({ sandbox });
  const refused = await client.callTool({ name: 'write_file', arguments: { path: 'refused.bin', content, encoding: 'base64' } });
  expect(refused).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/not base64.*nothing was written.*"data:"/i) }] });
  expect(await sandbox.stat({ path: 'refused.bin' })).toBeNull();
});

test.each([
  ['', 0],
  ['AA==', 1],
  ['AP8=\n', 2],
  ['AP8B\r\nAP8B', 6],
  ['A'.repeat(8_000_000), 6_000_000],
])('base64 is written as its bytes', async (content, size) => {
  const client = await connect({ sandbox });
  const written = await client.callTool({ name: 'write_file', arguments: { path: 'bytes.bin', content, encoding: 'base64' } });
  expect(written).toMatchObject({ structuredContent: { path: 'bytes.bin', size } });
});

test('text for the model is cut at maxModelCharacters', async () => {
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

test('progress carries the output of a command while it runs', async () => {
  const client = await connect({ sandbox });
  const heard: (string | undefined)[] = [];
  const controller = new AbortController();
  const running = client.callTool(
    { name: 'run_command', arguments: { command: 'printf "grün \\033[31mred"; echo late >&2; sleep 600' } },
    { signal: controller.signal, onprogress: ({ message }) => heard.push(message) },
  );
  const ended = expect(running).rejects.toThrow();
  await expect.poll(() => heard.join(''), { timeout: 20_000 }).toMatch(/running.*grün redlate\n/s);
  controller.abort();
  await ended;
});

test('a command that reaches its time limit is a result with its output so far', async () => {
  const client = await connect({ sandbox, timeoutMs: 5_000 });
  expect(await client.callTool({ name: 'run_command', arguments: { command: 'echo begun; sleep 600' } })).toMatchObject({
    isError: true,
    structuredContent: { outcome: 'timeout', exitCode: null, stdout: 'begun\n', reason: expect.stringContaining('5000 ms') },
  });
});

test('a platform failure is an error result with advice', async () => {
  const client = await connect({ executor: new EmbeddedCommandLineCodeExecutor({ startTimeoutMs: 1 }) });
  expect(await client.callTool({ name: 'run_code', arguments: { code: 'print(1)' } })).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/^start-timeout: .*startTimeoutMs/) }],
  });
});

test('servers that share an executor share its queue, as over HTTP', async () => {
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

describe('paths', () => {
  test.each(['a.txt', './a.txt', '/workspace/a.txt', '/workspace//./a.txt'])('%s is the same file', async (path) => {
    const client = await connect({ sandbox });
    await sandbox.writeTextFile({ path: 'a.txt', content: 'old' });
    expect(await client.callTool({ name: 'write_file', arguments: { path, content: path } })).toMatchObject({
      structuredContent: { path: 'a.txt' },
    });
    expect(await client.callTool({ name: 'read_file', arguments: { path } })).toMatchObject({ structuredContent: { content: path } });
  });

  test.each(['.', './', '/workspace', '/workspace/', '/workspace/.'])('%s is the working directory', async (path) => {
    const client = await connect({ sandbox });
    await sandbox.writeTextFile({ path: 'a.txt', content: '' });
    await sandbox.writeTextFile({ path: 'tmp_code_0123abcd.py', content: '' });
    const { structuredContent } = await client.callTool({ name: 'list_files', arguments: { path } });
    const names = (structuredContent as { entries: { name: string }[] }).entries.map(({ name }) => name);
    expect(names).toContain('a.txt');
    expect(names).not.toContain('tmp_code_0123abcd.py');
  });

  test.each(['..', '/', '/workspace/..', '/workspace/../etc/passwd', '/workspace2/a', '/etc/passwd', './..', 'a/../../b'])(
    '%s is refused',
    async (path) => {
      const client = await connect({ sandbox });
      for (const name of ['read_file', 'list_files'])
        expect(await client.callTool({ name, arguments: { path } })).toMatchObject({
          isError: true,
          content: [{ text: expect.stringMatching(/^(path-outside-workspace|invalid-path): /) }],
        });
      expect(await client.callTool({ name: 'write_file', arguments: { path, content: 'x' } })).toMatchObject({ isError: true });
    },
  );

  test('an executor accepts absolute paths too', async () => {
    await using executor = new EmbeddedCommandLineCodeExecutor();
    const client = await connect({ executor });
    expect(await client.callTool({ name: 'write_file', arguments: { path: '/workspace/b/c.txt', content: 'x' } })).toMatchObject({
      structuredContent: { path: 'b/c.txt' },
    });
    expect(await client.callTool({ name: 'read_file', arguments: { path: '/etc/passwd' } })).toMatchObject({ isError: true });
  });
});

describe('a file that is not text', () => {
  const bytes = Buffer.from('89504e470dfffed8c3ff', 'hex');

  test('is not shown as text, and a client gets a link to it', async () => {
    const client = await connect({ sandbox });
    await sandbox.writeBinaryFile({ path: 'data.bin', content: bytes });
    const answer = await client.callTool({ name: 'read_file', arguments: { path: 'data.bin' } });
    expect(answer).toMatchObject({
      isError: true,
      content: [{ type: 'text' }, { type: 'resource_link', uri: 'sandbox:///data.bin', size: 10 }],
    });
    const { contents } = await client.readResource({ uri: 'sandbox:///data.bin' });
    expect(contents).toMatchObject([{ blob: bytes.toString('base64') }]);
  });

  test('has no link for a client that does not know links', async () => {
    const { raw, send } = await connectRaw({ sandbox });
    await sandbox.writeBinaryFile({ path: 'data.bin', content: bytes });
    const clientInfo = { name: 'old', version: '1' };
    await send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-03-26', capabilities: {}, clientInfo } });
    await send({ id: 2, method: 'tools/call', params: { name: 'read_file', arguments: { path: 'data.bin' } } });
    await expect.poll(() => raw.length).toBe(2);
    expect(raw[1]).toMatchObject({ id: 2, result: { isError: true, content: [{ type: 'text' }] } });
  });
});

describe('resources', () => {
  test.each([
    ['sandbox:///missing.txt', /not found/i],
    ['sandbox:///%', /malformed|URI/i],
    ['sandbox:///a.txt?offset=-1', /offset/],
    ['sandbox:///a.txt?length=99999999', /length/],
    ['sandbox:///a.txt?size=1', /Unknown parameter "size"/],
    ['sandbox:///%2fetc%2fpasswd', /path-outside-workspace/],
    ['sandbox:///a%00b', /invalid-path/],
    ['file:///etc/passwd', /not found/i],
  ])('%s is refused', async (uri, message) => {
    const client = await connect({ sandbox });
    await sandbox.writeTextFile({ path: 'a.txt', content: 'a' });
    await expect(client.readResource({ uri })).rejects.toThrow(message);
  });

  test('with hidden text are transferred as bytes, so that a model does not read it', async () => {
    const client = await connect({ sandbox });
    await sandbox.writeTextFile({ path: 'hidden.txt', content: 'seen\u001b[8mhidden' });
    expect((await client.readResource({ uri: 'sandbox:///hidden.txt' })).contents).toMatchObject([{ blob: expect.any(String) }]);
  });

  test('are listed from all directories, without hidden and generated files', async () => {
    const client = await connect({ sandbox });
    for (const path of ['list/a.txt', 'list/.hidden', 'list/.secret/b', 'list/tmp_code_0123abcd.py'])
      await sandbox.writeTextFile({ path, content: 'x' });
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri).filter((uri) => uri.includes('list'))).toEqual(['sandbox:///list/a.txt']);
  });
});

interface RawMessage {
  readonly id: number;
  readonly method: string;
  readonly params: Record<string, unknown>;
}

/** Speaks the protocol without an SDK, to be an older client. */
async function connectRaw(
  options: McpServerOptions,
): Promise<{ readonly raw: readonly unknown[]; send(message: RawMessage): Promise<void> }> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const raw: unknown[] = [];
  near.onmessage = (message) => raw.push(message);
  await createMcpServer(options).connect(far);
  return { raw, send: (message) => near.send({ jsonrpc: '2.0', ...message }) };
}
