import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import type { CodeExecutor, Sandbox } from '@sandpod/core';
import { EmbeddedCommandLineCodeExecutor, EmbeddedSandboxProvider } from '@sandpod/embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bashTool, codeTool, fileTools } from '../src/ai-sdk/index.ts';
import { toDeepAgentsBackend } from '../src/deepagents/index.ts';
import { codeTool as langchainTool } from '../src/langchain/index.ts';
import { createMcpServer } from '../src/mcp/index.ts';
import { HOSTILE_PIECES } from './hostile-text.ts';
import { longestBlockMs, MAX_BLOCK_MS } from './longest-block.ts';

const MiB = 1024 * 1024;
const LONG_NAMES = 10_000;
/** The texts that take longest to read and search. */
const SLOW = ['line breaks', 'lines of Windows', 'colours', 'unfinished sequences', 'zero-width characters', 'unpaired surrogates'];
const PIECES = HOSTILE_PIECES.filter(([name]) => SLOW.includes(name));
/** The texts that take longest to clean. */
const FLOODS = ['\r', '\u001b[31m', 'e\u200b'];

const prepare = `
import os
for index, piece in enumerate(${JSON.stringify(PIECES.map(([, piece]) => piece)).replaceAll('\\\\', '\\')}):
    data = piece.encode("utf-8", "surrogatepass")
    open(f"hostile{index}.txt", "wb").write(data * (8 * 1024 * 1024 // len(data)))
open("cr.txt", "wb").write(b"\\r" * (63 * 1024 * 1024))
os.mkdir("many")
for n in range(${LONG_NAMES}):
    open("many/" + "\\u202e" * 80 + str(n), "w").close()
path = "deep"
for n in range(200):
    path += "/d" + str(n)
os.makedirs(path)
print("prepared")
`;

let sandbox: Sandbox;
let executor: CodeExecutor;
beforeAll(async () => {
  sandbox = await new EmbeddedSandboxProvider().create();
  executor = new EmbeddedCommandLineCodeExecutor();
  const prepared = await sandbox.run({ argv: ['python3', '-c', prepare], timeoutMs: 120_000 });
  expect(prepared).toMatchObject({ exitCode: 0 });
}, 180_000);
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await executor.stop();
});

const files = PIECES.map(([name], index) => [name, `hostile${index}.txt`] as const);

/** Calls a tool of the AI SDK like the SDK does, and reads all of its outputs. */
async function callTool(tool: { execute?: unknown; toModelOutput?: unknown }, input: object): Promise<void> {
  const execute = tool.execute as (input: object, options: object) => AsyncIterable<unknown> | Promise<unknown>;
  const outputs = execute(input, { toolCallId: 'call', messages: [] });
  let output: unknown;
  if (Symbol.asyncIterator in outputs) for await (output of outputs);
  else output = await outputs;
  (tool.toModelOutput as (options: object) => unknown)({ toolCallId: 'call', input, output });
}

async function connect(options: Parameters<typeof createMcpServer>[0]): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'test', version: '1' });
  await Promise.all([createMcpServer(options).connect(far), client.connect(near)]);
  return client;
}

/** Prints a flood of a text on both streams. */
function flood(piece: string): string {
  const text = JSON.stringify(piece).replaceAll('\\\\', '\\');
  return `import sys\nsys.stdout.write(${text} * 1_000_000)\nsys.stderr.write(${text} * 1_000_000)\nraise SystemExit(1)\n`;
}

async function holdsBriefly(name: string, work: () => Promise<unknown>): Promise<void> {
  expect(await longestBlockMs(work), name).toBeLessThan(MAX_BLOCK_MS);
}

describe('no tool holds the event loop', { timeout: 300_000 }, () => {
  test.each([...files, ['63 MiB of carriage returns', 'cr.txt'] as const])('AI SDK reads %s', async (name, path) => {
    const before = process.memoryUsage().rss;
    await holdsBriefly(`AI SDK read_file ${name}`, () => callTool(fileTools(sandbox).read_file, { path }));
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * MiB);
  });

  test('AI SDK lists and writes', async () => {
    const { list_files, write_file } = fileTools(sandbox);
    await holdsBriefly('AI SDK list_files', () => callTool(list_files, { path: 'many' }));
    await holdsBriefly('AI SDK write_file', () => callTool(write_file, { path: 'w.txt', content: '\u00e9'.repeat(10_000_000) }));
  });

  test.each(FLOODS)('AI SDK runs code that prints %j', async (piece) => {
    const code = flood(piece);
    await sandbox.writeTextFile({ path: 'flood.py', content: code });
    await holdsBriefly(`AI SDK run_command ${JSON.stringify(piece)}`, () => callTool(bashTool(sandbox), { command: 'python3 flood.py' }));
    await holdsBriefly(`AI SDK run_code ${JSON.stringify(piece)}`, () => callTool(codeTool(executor), { code, language: 'python' }));
  });

  test.each(['bash', 'javascript', 'python'])('AI SDK takes a megabyte of %s code', async (language) => {
    for (const piece of ['\n', '"', 'x;', "cat <<'E'\n"])
      await holdsBriefly(`AI SDK run_code, ${language} ${JSON.stringify(piece)}`, () =>
        callTool(codeTool(executor, { timeoutMs: 2_000 }), { code: piece.repeat(1_000_000 / piece.length), language }),
      );
  });

  test.each(FLOODS)('LangChain runs code that prints %j', async (piece) => {
    await holdsBriefly(`LangChain ${JSON.stringify(piece)}`, () =>
      langchainTool(executor).invoke({
        type: 'tool_call',
        id: 'c',
        name: 'run_code',
        args: { code: flood(piece), language: 'python' },
      } as never),
    );
  });

  test.each(files)('MCP reads %s', async (name, path) => {
    const client = await connect({ sandbox });
    await holdsBriefly(`MCP read_file ${name}`, () => client.callTool({ name: 'read_file', arguments: { path } }));
  });

  test('MCP lists, writes and asks', async () => {
    const client = await connect({ sandbox });
    await holdsBriefly('MCP list_files', () => client.callTool({ name: 'list_files', arguments: { path: 'many' } }));
    const write = (content: string) => client.callTool({ name: 'write_file', arguments: { path: 'w.bin', content, encoding: 'base64' } });
    for (const piece of ['QUJD', '\n', 'A='])
      await holdsBriefly(`MCP write_file ${JSON.stringify(piece)}`, () => write(piece.repeat((8 * MiB) / piece.length)));
  });

  test.each(FLOODS)('MCP runs a command that prints %j', async (piece) => {
    const client = await connect({ sandbox });
    await sandbox.writeTextFile({ path: 'flood.py', content: flood(piece) });
    const call = { name: 'run_command', arguments: { command: 'python3 flood.py' } };
    await holdsBriefly(`MCP run_command ${JSON.stringify(piece)}`, () => client.callTool(call, { onprogress: () => {} }));
  });

  test.each(files)('deepagents reads and searches %s', async (name, path) => {
    const backend = toDeepAgentsBackend(sandbox);
    const place = `${sandbox.workspace}/${path}`;
    await holdsBriefly(`deepagents read ${name}`, () => backend.read(place));
    await holdsBriefly(`deepagents grep ${name}`, () => backend.grep('x\u001b', place));
    await holdsBriefly(`deepagents edit ${name}`, () => backend.edit(place, 'no such text', 'y'));
  });

  test('deepagents lists, globs and runs', async () => {
    const backend = toDeepAgentsBackend(sandbox);
    await holdsBriefly('deepagents ls', () => backend.ls(`${sandbox.workspace}/many`));
    await holdsBriefly('deepagents glob', () => backend.glob('**/*a*b*c*d*e*f*g*.txt', sandbox.workspace));
    for (const piece of FLOODS) {
      await sandbox.writeTextFile({ path: 'flood.py', content: flood(piece) });
      await holdsBriefly(`deepagents execute ${JSON.stringify(piece)}`, () => backend.execute('python3 flood.py'));
    }
  });
});
