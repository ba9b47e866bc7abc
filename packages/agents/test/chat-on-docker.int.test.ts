import type { CodeExecutor } from '@sandpod/core';
import { createExecutor } from '@sandpod/sandpod';
import { generateText, isStepCount, streamText } from 'ai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeTool } from '../src/ai-sdk/index.ts';
import { createCodeChat, createCodeRunner } from '../src/chat/index.ts';
import { scriptedModel, toolResultsSeen } from './ai-sdk/scripted-model.ts';

let executor: CodeExecutor;
beforeAll(async () => {
  executor = await createExecutor('docker', { image: 'testbed/polyglot:1' });
  await executor.start();
});
afterAll(() => executor.stop());

function fence(code: string, language = 'python'): string {
  return `\`\`\`${language}\n${code}\n\`\`\`\n`;
}

function answered(...blocks: readonly string[]): Promise<{ readonly text: string }> {
  return createCodeRunner({ executor }).reply([{ source: 'writer', text: blocks.join('\n') }]);
}

test('the cases of AutoGen’s executor agent', async () => {
  const root = 'import math\nprint("%0.3f" % math.sqrt(42))';
  expect(await answered(fence(root))).toMatchObject({ text: expect.stringContaining('6.481') });
  expect(await answered(fence('number = 42'))).toMatchObject({ text: expect.stringMatching(/POSIX exit code: 0.*printed nothing/) });
  const { text } = await answered(fence(root), fence('echo two', 'sh'), fence('import math\nmath.sqrt(-1.0)'));
  expect(text).toMatch(/POSIX exit code: 1.*6\.481.*two.*ValueError: math domain error/s);
  expect(await answered('no fences')).toMatchObject({ text: expect.stringContaining('No code blocks found in the thread') });
});

test('code that is not approved is not run', async () => {
  const approve = async () => ({ approved: false, reason: 'no deletions' });
  const reply = await createCodeRunner({ executor, approve }).reply([{ source: 'writer', text: fence('touch somefile.txt', 'sh') }]);
  expect(reply).toMatchObject({ status: 'not-approved', text: expect.stringContaining('Reason: no deletions') });
  expect(await executor.files?.stat({ path: 'somefile.txt' })).toBeNull();
});

test('the writer fixes its code', async () => {
  const model = scriptedModel([
    fence('print("The mean is:", sum([10, 50) / 2)'),
    fence('print("The mean is:", sum([10, 50]) / 2)'),
    'TERMINATE',
  ]);
  expect(await createCodeChat({ model, executor }).run('Mean?')).toMatchObject({
    rounds: 3,
    lastResult: { stdout: 'The mean is: 30.0\n' },
  });
});

test('the AI SDK tool reports the failure', async () => {
  const model = scriptedModel([[{ toolName: 'run_code', input: { code: 'print(undefined_variable)' } }], 'done']);
  await generateText({ model, tools: { run_code: codeTool(executor) }, stopWhen: isStepCount(3), prompt: 'go' });
  expect(toolResultsSeen(model)).toMatchObject([{ value: expect.stringMatching(/POSIX exit code: 1.*NameError/s) }]);
});

test('an abort during a run leaves no process behind', async () => {
  const controller = new AbortController();
  const code = 'import subprocess\nsubprocess.Popen(["sleep", "4242"])\nprint("begun", flush=True)\nsubprocess.run(["sleep", "4242"])';
  const model = scriptedModel([[{ toolName: 'run_code', input: { code } }], 'done']);
  const tools = { run_code: codeTool(executor) };
  const types: string[] = [];
  for await (const part of streamText({ model, tools, stopWhen: isStepCount(3), prompt: 'go', abortSignal: controller.signal }).stream) {
    types.push(part.type);
    if (part.type === 'tool-result' && !part.dynamic && part.output.output === 'begun\n') controller.abort();
  }
  expect(types).toContain('abort');
  const count = 'import glob\nprint(sum(b"sleep\\0004242" in open(f, "rb").read() for f in glob.glob("/proc/[0-9]*/cmdline")))';
  expect(await executor.runCode(count)).toMatchObject({ outcome: 'ok', stdout: '0\n' });
});
