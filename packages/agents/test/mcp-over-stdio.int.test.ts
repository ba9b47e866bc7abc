import { setTimeout as sleep } from 'node:timers/promises';
import type { CallToolResult, Progress } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConnectedServer, connectServer, serverParameters } from './mcp-client.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let server: ConnectedServer;
beforeAll(async () => {
  server = await connectServer(['--timeout', '30s']);
});
afterAll(() => server[Symbol.asyncDispose]());

async function call(name: string, args: Record<string, unknown>, options: { signal?: AbortSignal } = {}): Promise<CallToolResult> {
  return (await server.client.callTool({ name, arguments: args }, options)) as CallToolResult;
}

function textOf({ content }: CallToolResult): string {
  return (content as readonly { type: string; text?: string }[]).map(({ text = '' }) => text).join('\n');
}

describe('the tools', () => {
  test('return a hint if the sandbox lacks something that the code or command needs', async () => {
    expect(textOf(await call('run_code', { code: 'import pandas' }))).toContain('Use csv, statistics and sqlite3.');
    expect(textOf(await call('run_command', { command: 'echo 1 | bc' }))).toContain('Use $(( )), awk or python3 -c.');
  });

  test('are described from the capabilities of the back end', async () => {
    const { tools } = await server.client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual(['list_files', 'read_file', 'run_code', 'run_command', 'write_file']);
    for (const { outputSchema } of tools) expect(outputSchema).toMatchObject({ type: 'object' });
    for (const { inputSchema } of tools) expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    const runCode = tools.find(({ name }) => name === 'run_code');
    expect(runCode?.description).toMatch(/python.*There is no network.*no numpy.*Limited: time \(30 s per call\), memory \(512 MiB\)/);
    expect(runCode?.annotations).toMatchObject({ readOnlyHint: false, openWorldHint: false });
  });

  test('run code, and return structured content for programs and text for the model', async () => {
    const result = await call('run_code', {
      code: 'import sys; print(6 * 7); print("careful", file=sys.stderr); open("made.txt", "w").write("x")',
    });
    expect(result).toMatchObject({ isError: false });
    expect(textOf(result)).toContain('42');
    expect(result.structuredContent).toMatchObject({
      outcome: 'ok',
      exitCode: 0,
      stdout: '42\n',
      stderr: 'careful\n',
      files: [{ path: 'made.txt', size: 1, mediaType: 'text/plain' }],
    });
  });

  test('report a failure as an error with structured content', async () => {
    const result = await call('run_code', { code: 'raise ValueError("no such column")' });
    expect(result).toMatchObject({ isError: true, structuredContent: { outcome: 'failed', exitCode: 1 } });
    expect(textOf(result)).toContain('no such column');
  });

  test('return an image that the code wrote', async () => {
    const { content } = await call('run_code', { code: `import base64; open("dot.png", "wb").write(base64.b64decode("${PNG}"))` });
    expect(content).toContainEqual({ type: 'image', mimeType: 'image/png', data: PNG });
  });

  test('run commands in the same working directory', async () => {
    await call('run_code', { code: 'open("shared.txt", "w").write("from python")' });
    const result = await call('run_command', { command: 'cat shared.txt; exit 3' });
    expect(result).toMatchObject({ isError: true, structuredContent: { outcome: 'failed', exitCode: 3, stdout: 'from python' } });
  });

  test('write, read and list files', async () => {
    expect(await call('write_file', { path: 'notes/a.txt', content: 'one\ntwo\nthree\n' })).toMatchObject({
      structuredContent: { path: 'notes/a.txt', size: 14 },
    });
    expect(await call('read_file', { path: 'notes/a.txt', startLine: 2, endLine: 2 })).toMatchObject({
      structuredContent: { content: 'two\n', size: 14, truncated: false },
    });
    await call('write_file', { path: 'notes/b.bin', content: 'AP8B', encoding: 'base64' });
    expect(await call('read_file', { path: 'notes/b.bin', encoding: 'base64' })).toMatchObject({ structuredContent: { content: 'AP8B' } });
    // The name of code that has none. Such files are not listed.
    await call('write_file', { path: 'notes/tmp_code_12ab34cd.py', content: '' });
    expect(await call('list_files', { path: './notes/' })).toMatchObject({
      structuredContent: {
        entries: [
          { name: 'a.txt', type: 'file' },
          { name: 'b.bin', type: 'file' },
        ],
        omitted: 0,
      },
    });
    expect(await call('read_file', { path: 'nowhere' })).toMatchObject({ isError: true });
    await call('write_file', { path: 'notes/c.png', content: PNG, encoding: 'base64' });
    expect((await call('read_file', { path: 'notes/c.png' })).content).toContainEqual({ type: 'image', mimeType: 'image/png', data: PNG });
  });
});

test('progress reports the start and the output while the code runs', async () => {
  const heard: Progress[] = [];
  const code = 'import time\nfor n in range(5):\n    print("step", n, flush=True); time.sleep(0.2)';
  await server.client.callTool({ name: 'run_code', arguments: { code } }, { onprogress: (progress) => heard.push(progress) });
  expect(heard.map(({ message }) => message).join('')).toMatch(/running python[\s\S]*step 0[\s\S]*step 3/);
  expect(heard.map(({ progress }) => progress)).toEqual(heard.map((_, index) => index + 1));
});

describe('a hostile client', () => {
  test.each([
    ['run_code', {}],
    ['run_code', { code: 5 }],
    ['run_code', { code: '' }],
    ['run_code', { code: 'x', language: 'cobol' }],
    ['run_command', { command: 'ls', cwd: '/' }],
    ['write_file', { path: 'a' }],
    ['read_file', { path: 'a', startLine: 0 }],
    ['list_files', { path: 7 }],
  ])('gets an error for %s with %j', async (name, args) => {
    const result = await call(name, args);
    expect(result).toMatchObject({ isError: true });
    expect(textOf(result)).toContain(name);
  });

  test.each([
    ['run_code', { code: 'print(1)' }, 'code, language'],
    ['run_command', { command: 'ls' }, 'command'],
    ['write_file', { path: 'unknown.txt', content: 'x' }, 'path, content, encoding'],
    ['read_file', { path: 'a' }, 'path, startLine, endLine, encoding'],
    ['list_files', {}, 'path'],
  ])('gets the name of an argument that %s does not accept', async (name, args, known) => {
    const result = await call(name, { ...args, timeout: 5 });
    expect(result).toMatchObject({ isError: true });
    expect(textOf(result)).toContain(`Unknown argument "timeout": expected only ${known}`);
  });

  test('gets an error for an unknown tool', async () => {
    await expect(call('toString', {})).rejects.toMatchObject({ code: -32_602 });
  });

  test.each(['../out', '/etc/passwd', 'a/../../out', '', 'a\0b', 'C:\\out', 'x'.repeat(5_000)])(
    'cannot leave the workspace by %j',
    async (path) => {
      expect(await call('write_file', { path, content: 'x' })).toMatchObject({ isError: true });
      expect(await call('read_file', { path })).toMatchObject({ isError: true });
      expect(await call('list_files', { path })).toMatchObject({ isError: true });
    },
  );

  test('reads the start and end of a flood of output, without terminal codes', async () => {
    const result = await call('run_code', { code: 'print("\\x1b]0;title\\x07begin"); print("x" * 5_000_000); print("end")' });
    expect(textOf(result)).toMatch(/begin[\s\S]*characters omitted[\s\S]*end/);
    expect(JSON.stringify(result).length).toBeLessThan(60_000);
    expect(JSON.stringify(result)).not.toContain('u001b');
    expect(result.structuredContent).toMatchObject({ truncated: true });
  });
});

test('binary data that a program prints becomes a note', async () => {
  const result = await call('run_code', {
    code: 'import sys; print("begin", flush=True); sys.stdout.buffer.write(bytes(n * 37 % 251 for n in range(10_000))); print("\\nend")',
  });
  expect(textOf(result)).toMatch(/begin[\s\S]*characters of binary data\][\s\S]*end/);
  expect(textOf(result)).not.toContain('\ufffd');
  expect(JSON.stringify(result.structuredContent).length).toBeLessThan(2_000);
});

test('simultaneous calls run one after the other', async () => {
  const code = 'import os, time\nassert not os.path.exists("lock"); open("lock", "w").close(); time.sleep(0.1); os.remove("lock")';
  const calls = [0, 1, 2].map(() => call('run_code', { code }));
  const written = call('write_file', { path: 'late.txt', content: 'late' });
  const read = call('run_command', { command: 'cat late.txt' });
  const results = await Promise.all([...calls, written, read]);
  expect(results.map(({ isError = false }) => isError)).toEqual([false, false, false, false, false]);
  expect(results.at(-1)?.structuredContent).toMatchObject({ stdout: 'late' });
});

test('a cancelled call is killed, and a cancelled call that waits starts nothing', async () => {
  // The queue blocks other calls while the code runs, so the test waits for its output to know that it has started.
  const controller = new AbortController();
  const begun = Promise.withResolvers<void>();
  const code = 'import time\nprint("begun", flush=True)\nfor n in range(600): time.sleep(0.05); open("beat.txt", "a").write("x")';
  const running = server.client.callTool(
    { name: 'run_code', arguments: { code } },
    { signal: controller.signal, onprogress: ({ message }) => message?.includes('begun') && begun.resolve() },
  );
  const waiting = call('run_command', { command: 'touch never.txt' }, { signal: controller.signal });
  const endings = Promise.allSettled([running, waiting]);
  await begun.promise;
  controller.abort('enough');
  expect((await endings).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const beats = async (): Promise<unknown> =>
    (await call('run_command', { command: 'cat beat.txt | wc -c; ls never.txt' })).structuredContent;
  const before = await beats();
  expect(before).toMatchObject({ stderr: expect.stringContaining('never.txt') });
  await sleep(500);
  expect(await beats()).toMatchObject({ stdout: (before as { stdout: string }).stdout });
});

test('a client of SDK 1 gets files as links, and kills the code of a call that it cancels', async () => {
  const client = new OldClient({ name: 'test', version: '1' });
  await client.connect(new OldTransport(serverParameters([])));
  const run = (code: string, options: object = {}): Promise<unknown> =>
    client.callTool({ name: 'run_code', arguments: { code } }, undefined, options);
  expect(await run('open("a.csv", "w").write("a")')).toMatchObject({
    content: [{ type: 'text' }, { type: 'resource_link', uri: 'sandbox:///a.csv', size: 1 }],
  });
  expect((await client.readResource({ uri: 'sandbox:///a.csv' })).contents).toMatchObject([{ text: 'a' }]);
  const controller = new AbortController();
  const running = expect(
    run('import time; time.sleep(600)', { signal: controller.signal, onprogress: () => controller.abort('enough') }),
  ).rejects.toThrow();
  await running;
  // This call waits in the queue until the cancelled call has ended.
  expect(await run('print("next")')).toMatchObject({ structuredContent: { stdout: 'next\n' } });
  await client.close();
});
