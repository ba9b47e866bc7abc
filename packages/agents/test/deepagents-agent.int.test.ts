import { posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedSandboxProvider } from '@sandpod/embedded';
import { createDeepAgent } from 'deepagents';
import { AIMessage, fakeModel, HumanMessage, ToolMessage } from 'langchain';
import { expect, test, vi } from 'vitest';
import { toDeepAgentsBackend } from '../src/deepagents/index.ts';

test('a deep agent reads output of commands without terminal codes, and files as is', async () => {
  await using sandbox = await new EmbeddedSandboxProvider().create();
  const backend = toDeepAgentsBackend(sandbox);
  const path = posix.join(backend.workspace, 'codes.txt');
  await sandbox.writeTextFile({ path, content: '\u001b[31mred\u001b[0m\n' });
  const model = fakeModel()
    .respondWithTools([{ name: 'execute', args: { command: `cat ${path}` }, id: 'call-1' }])
    .respondWithTools([{ name: 'read_file', args: { file_path: path }, id: 'call-2' }])
    .respondWithTools([
      { name: 'edit_file', args: { file_path: path, old_string: '[31mred\u001b', new_string: '[32mgreen\u001b' }, id: 'call-3' },
    ])
    .respond(new AIMessage('done'));
  const { messages } = await createDeepAgent({ model, backend }).invoke({ messages: [new HumanMessage('go')] });
  const answers = messages.filter((message) => ToolMessage.isInstance(message)).map(({ text }) => text);
  expect(answers[0]).toMatch(/^red\n\s*\[Command succeeded with exit code 0\]$/);
  expect(answers[1]).toContain('\u001b[31mred\u001b[0m');
  expect(await sandbox.readTextFile({ path })).toBe('\u001b[32mgreen\u001b[0m\n');
});

test('a deep agent writes a file, runs it, sees it fail and fixes it', async () => {
  await using sandbox = await new EmbeddedSandboxProvider().create();
  const backend = toDeepAgentsBackend(sandbox);
  const path = posix.join(backend.workspace, 'sum.py');
  const model = fakeModel()
    .respondWithTools([{ name: 'write_file', args: { file_path: path, content: 'print(sum([1, 2, "3"]))\n' }, id: 'call-1' }])
    .respondWithTools([{ name: 'execute', args: { command: `python3 ${path}` }, id: 'call-2' }])
    .respondWithTools([{ name: 'edit_file', args: { file_path: path, old_string: '"3"', new_string: '3' }, id: 'call-3' }])
    .respondWithTools([{ name: 'execute', args: { command: `python3 ${path}` }, id: 'call-4' }])
    .respond(new AIMessage('The sum is 6.'));
  const { messages } = await createDeepAgent({ model, backend }).invoke({ messages: [new HumanMessage('go')] });
  const answers = messages.filter((message) => ToolMessage.isInstance(message)).map(({ content }) => String(content));
  expect(answers[1]).toMatch(/TypeError[\s\S]*\[Command failed with exit code 1\]/);
  expect(answers[3]).toMatch(/^6\n\s*\[Command succeeded with exit code 0\]$/);
  expect(messages.at(-1)?.content).toBe('The sum is 6.');
});

test('an aborted run of a deep agent kills its command', async () => {
  await using sandbox = await new EmbeddedSandboxProvider().create();
  const backend = toDeepAgentsBackend(sandbox);
  const controller = new AbortController();
  const command = 'while true; do echo x >> beats; sleep 0.1; done';
  const model = fakeModel().respondWithTools([{ name: 'execute', args: { command }, id: 'call-1' }]);
  const running = createDeepAgent({ model, backend }).invoke({ messages: [new HumanMessage('go')] }, { signal: controller.signal });
  const beats = async (): Promise<number> => (await sandbox.stat({ path: 'beats' }))?.size ?? 0;
  running.catch(() => {});
  await vi.waitFor(async () => expect(await beats()).toBeGreaterThan(0), { timeout: 30_000 });
  controller.abort(new Error('enough'));
  await expect(running).rejects.toThrow();
  await vi.waitFor(
    async () => {
      const before = await beats();
      await sleep(1_000);
      expect(await beats()).toBe(before);
    },
    { timeout: 30_000 },
  );
});

test('a deep agent finds a large result again, and finds its files without knowing their directory', async () => {
  await using sandbox = await new EmbeddedSandboxProvider().create();
  const backend = toDeepAgentsBackend(sandbox);
  await sandbox.writeTextFile({ path: 'notes.md', content: 'remember the milk\n' });
  const calls = [
    { name: 'execute', args: { command: 'seq 100000' }, id: 'call-1' },
    { name: 'read_file', args: { file_path: '/large_tool_results/call-1.txt', offset: 54_320, limit: 1 }, id: 'call-2' },
    { name: 'grep', args: { pattern: 'milk' }, id: 'call-3' },
    { name: 'glob', args: { pattern: '*.md' }, id: 'call-4' },
    { name: 'ls', args: { path: '/workspace/notes.md' }, id: 'call-5' },
    { name: 'read_file', args: { file_path: '/notes.md' }, id: 'call-6' },
  ];
  const model = calls.reduce((fake, call) => fake.respondWithTools([call]), fakeModel()).respond(new AIMessage('done'));
  const { messages } = await createDeepAgent({ model, backend }).invoke({ messages: [new HumanMessage('go')] });
  const answers = messages.filter((message) => ToolMessage.isInstance(message)).map(({ text }) => text);
  expect(answers[0]).toContain('/large_tool_results/call-1.txt');
  for (const [index, text] of ['54321', 'remember the milk', '/workspace/notes.md', '/workspace/notes.md', '/workspace'].entries())
    expect(answers[index + 1]).toContain(text);
});
