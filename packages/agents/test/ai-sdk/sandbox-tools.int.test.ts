import { bashTool, fileTools } from '@sandpod/agents/ai-sdk';
import type { Sandbox } from '@sandpod/core';
import { EmbeddedSandboxProvider } from '@sandpod/embedded';
import { generateText, isStepCount, streamText, tool } from 'ai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { scriptedModel, toolResultsSeen } from './scripted-model.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await new EmbeddedSandboxProvider().create();
});
afterAll(() => sandbox[Symbol.asyncDispose]());

const stopWhen = isStepCount(20);

function commands(...lines: readonly object[]): ReturnType<typeof scriptedModel> {
  return scriptedModel([...lines.map((input) => [{ toolName: 'run_command', input }]), 'done']);
}

test('commands run in the sandbox and return their output and exit code', async () => {
  const model = commands({ command: 'echo out; echo err >&2' }, { command: 'exit 7' }, { command: 'mkdir -p sub && cd sub && pwd' });
  const tools = { run_command: bashTool(sandbox) };
  const { steps } = await generateText({ model, tools, stopWhen, prompt: 'go' });
  expect(model.doGenerateCalls[0]?.tools?.[0]).toMatchObject({ description: expect.stringContaining(sandbox.description) });
  expect(toolResultsSeen(model)).toMatchObject([
    { value: expect.stringMatching(/^The code ran \(POSIX exit code: 0\)\.\nOutput:\n(out\nerr|err\nout)$/) },
    { value: 'The code ended with an error (POSIX exit code: 7). It printed nothing.' },
    { value: expect.stringContaining(`${sandbox.workspace}/sub`) },
  ]);
  expect(steps[0]?.toolResults[0]?.output).toMatchObject({ status: 'done', outcome: 'ok', stdout: 'out\n', stderr: 'err\n' });
});

test('a working directory is used, and a missing directory is an error for the model', async () => {
  await sandbox.writeTextFile({ path: 'there/file.txt', content: 'hello' });
  const model = commands({ command: 'cat file.txt', workingDirectory: 'there' }, { command: 'ls', workingDirectory: 'nowhere' });
  await generateText({ model, tools: { run_command: bashTool(sandbox.restricted()) }, stopWhen, prompt: 'go' });
  expect(toolResultsSeen(model)).toMatchObject([
    { type: 'text', value: expect.stringMatching(/hello$/) },
    { type: 'error-text', value: expect.stringContaining('invalid-cwd') },
  ]);
});

test('a command that takes too long is killed, and its output is kept', async () => {
  const model = commands({ command: 'echo begun; sleep 600' });
  await generateText({ model, tools: { run_command: bashTool(sandbox, { timeoutMs: 3_000 }) }, stopWhen, prompt: 'go' });
  expect(toolResultsSeen(model)).toMatchObject([
    { value: expect.stringMatching(/timeout\. The time limit of 3000 ms.*\nOutput:\nbegun$/s) },
  ]);
});

test('an abort kills the command', async () => {
  const controller = new AbortController();
  const model = commands({ command: 'echo begun; sleep 5; echo late > late.txt' });
  const tools = { run_command: bashTool(sandbox) };
  const types: string[] = [];
  for await (const part of streamText({ model, tools, stopWhen, prompt: 'go', abortSignal: controller.signal }).stream) {
    types.push(part.type);
    if (part.type === 'tool-result' && !part.dynamic && part.output.output === 'begun\n') controller.abort();
  }
  expect(types).toContain('abort');
  await sandbox.run({ command: 'sleep 6' });
  expect(await sandbox.stat({ path: 'late.txt' })).toBeNull();
});

test('files are written, listed, read in part and deleted; a missing file is an error', async () => {
  const steps: [string, object][] = [
    ['write_file', { path: 'notes/a.txt', content: 'one\ntwo\nthree\n' }],
    ['list_files', { path: 'notes' }],
    ['read_file', { path: 'notes/a.txt', startLine: 2, endLine: 2 }],
    ['delete_file', { path: 'notes/a.txt' }],
    ['read_file', { path: 'notes/a.txt' }],
    ['list_files', { path: 'notes' }],
    ['list_files', { path: 'nowhere' }],
    ['delete_file', { path: 'notes/a.txt' }],
    ['read_file', { path: 'notes' }],
    ['write_file', { path: '../outside', content: 'x' }],
  ];
  const model = scriptedModel([...steps.map(([toolName, input]) => [{ toolName, input }]), 'done']);
  // The name of code that has none. Such files are not listed.
  await sandbox.writeTextFile({ path: 'notes/tmp_code_12ab34cd.py', content: '' });
  await generateText({ model, tools: { ...fileTools(sandbox) }, stopWhen, prompt: 'go' });
  expect(toolResultsSeen(model)).toMatchObject([
    { type: 'text', value: 'Wrote 14 characters to notes/a.txt.' },
    { type: 'text', value: 'a.txt' },
    { type: 'text', value: expect.stringMatching(/^two\n?$/) },
    { type: 'text', value: 'Deleted notes/a.txt.' },
    { type: 'error-text', value: 'notes/a.txt does not exist.' },
    { type: 'text', value: 'The directory is empty.' },
    { type: 'error-text', value: 'nowhere does not exist.' },
    { type: 'error-text', value: 'notes/a.txt does not exist.' },
    { type: 'error-text', value: expect.stringContaining('directory') },
    { type: 'error-text', value: expect.stringContaining('outside') },
  ]);
});

test.each([
  ['run_command', { command: 'touch unknown.txt' }, 'command, workingDirectory'],
  ['read_file', { path: 'a' }, 'path, startLine, endLine'],
  ['write_file', { path: 'unknown.txt', content: 'x' }, 'path, content'],
  ['list_files', {}, 'path'],
  ['delete_file', { path: 'a' }, 'path'],
])('%s rejects an unknown argument by name and does nothing', async (toolName, input, known) => {
  const model = scriptedModel([[{ toolName, input: { ...input, encoding: 'base64' } }], 'done']);
  await generateText({ model, tools: { run_command: bashTool(sandbox), ...fileTools(sandbox) }, stopWhen, prompt: 'go' });
  for (const tool of model.doGenerateCalls[0]?.tools ?? []) expect(tool).toMatchObject({ inputSchema: { additionalProperties: false } });
  const refusal = new RegExp(`Unknown argument \\\\?"encoding\\\\?": expected only ${known}`);
  expect(toolResultsSeen(model)).toMatchObject([{ type: 'error-text', value: expect.stringMatching(refusal) }]);
  expect(await sandbox.stat({ path: 'unknown.txt' })).toBeNull();
});

test('hostile file content is cleaned and cut, and binary content is not returned as text', async () => {
  await sandbox.writeTextFile({ path: 'big.txt', content: `\u001b[2J${'x'.repeat(1_000_000)}` });
  await sandbox.writeBinaryFile({ path: 'bytes.bin', content: new Uint8Array([1, 0, 2]) });
  const read = (path: string): object[] => [{ toolName: 'read_file', input: { path } }];
  const model = scriptedModel([read('big.txt') as never, read('bytes.bin') as never, 'done']);
  await generateText({ model, tools: { ...fileTools(sandbox, { maxModelCharacters: 1_000 }) }, stopWhen, prompt: 'go' });
  const [big, bytes] = toolResultsSeen(model) as [{ value: string }, object];
  expect(big.value).toMatch(/^x{500}\n\[\.\.\. 999000 characters omitted \.\.\.\]\nx{500}$/);
  expect(bytes).toEqual({ type: 'error-text', value: 'bytes.bin is not a text file.' });
});

test('other tools receive a restricted sandbox as experimental_sandbox', async () => {
  const inspect = tool({
    inputSchema: z.object({}),
    execute: async (_input, { experimental_sandbox: session, abortSignal }) => {
      if (!session) throw new Error('There is no sandbox.');
      const signal = abortSignal ? { abortSignal } : {};
      await session.writeTextFile({ path: 'in/text.txt', content: 'one\ntwo\n' });
      await session.writeBinaryFile({ path: 'in/bytes', content: new Uint8Array([1, 2, 3]) });
      const process = await session.spawn({ command: 'cat', stdin: true });
      const writer = process.stdin.getWriter();
      await writer.write(new TextEncoder().encode('through stdin'));
      await writer.close();
      return {
        echoed: await new Response(process.stdout).text(),
        exit: await process.wait(),
        run: await session.run({ command: 'cat text.txt; echo $NAME', workingDirectory: 'in', env: { NAME: 'value' }, ...signal }),
        line: await session.readTextFile({ path: 'in/text.txt', startLine: 2, endLine: 9 }),
        bytes: [...((await session.readBinaryFile({ path: 'in/bytes' })) ?? [])],
        stat: await session.stat({ path: 'in/bytes' }),
        list: (await session.listDirectory({ path: 'in' }))?.map(({ name }) => name).sort(),
        deleted: [await session.deleteFile({ path: 'in/bytes' }), await session.deleteFile({ path: 'in/bytes' })],
        missing: [await session.readFile({ path: 'no' }), await session.stat({ path: 'no' }), await session.listDirectory({ path: 'no' })],
      };
    },
  });
  const model = scriptedModel([[{ toolName: 'inspect', input: {} }], 'done']);
  const experimental_sandbox = sandbox.restricted();
  const { steps } = await generateText({ model, tools: { inspect }, stopWhen, prompt: 'go', experimental_sandbox });
  expect(steps[0]?.toolResults[0]?.output).toEqual({
    echoed: 'through stdin',
    exit: { exitCode: 0 },
    run: { exitCode: 0, stdout: 'one\ntwo\nvalue\n', stderr: '' },
    line: expect.stringMatching(/^two\n?$/),
    bytes: [1, 2, 3],
    stat: { type: 'file', size: 3 },
    list: ['bytes', 'text.txt'],
    deleted: [true, false],
    missing: [null, null, null],
  });
});
