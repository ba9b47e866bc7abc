import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { bashTool, codeTool, fileTools } from '@sandpod/agents/ai-sdk';
import type { SandboxSession } from '@sandpod/core';
import { EmbeddedCommandLineCodeExecutor, EmbeddedSandboxProvider } from '@sandpod/embedded';
import * as latest from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import * as first from 'ai-first';
import { MockLanguageModelV4 as FirstModel } from 'ai-first/test';
import * as middle from 'ai-middle';
import { MockLanguageModelV4 as MiddleModel } from 'ai-middle/test';
import { expect, expectTypeOf, test } from 'vitest';
import { scriptedModel, toolResultsSeen } from './scripted-model.ts';

test('a restricted sandbox is assignable to the sandbox session of every ai 7 version', () => {
  expectTypeOf<SandboxSession>().toExtend<first.Experimental_SandboxSession>();
  expectTypeOf<SandboxSession>().toExtend<middle.Experimental_SandboxSession>();
  expectTypeOf<SandboxSession>().toExtend<latest.Experimental_SandboxSession>();
});

test.each(['first', 'middle'])('the adapter compiles with the %s version of the range', async (version) => {
  const project = join(import.meta.dirname, `../../tsconfig.ai-${version}.json`);
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = join(dirname(compiler), 'bin/tsc');
  await expect(promisify(execFile)(process.execPath, [tsc, '-p', project])).resolves.toMatchObject({ stdout: '' });
});

type Generate = MockLanguageModelV4['doGenerate'];
type GenerateText = typeof latest.generateText;

test.each([
  {
    name: 'first',
    modelOf: (doGenerate: Generate) => new FirstModel({ doGenerate: doGenerate as never }),
    generateText: first.generateText as unknown as GenerateText,
  },
  {
    name: 'middle',
    modelOf: (doGenerate: Generate) => new MiddleModel({ doGenerate: doGenerate as never }),
    generateText: middle.generateText as unknown as GenerateText,
  },
  { name: 'latest', modelOf: (doGenerate: Generate) => new MockLanguageModelV4({ doGenerate }), generateText: latest.generateText },
])('the tools work with the $name of the range', async ({ modelOf, generateText }) => {
  await using executor = new EmbeddedCommandLineCodeExecutor();
  await using sandbox = await new EmbeddedSandboxProvider().create();
  const script = scriptedModel([
    [{ toolName: 'run_code', input: { code: 'print(6 * 7)' } }],
    [{ toolName: 'run_command', input: { command: 'echo shell' } }],
    [{ toolName: 'list_files', input: {} }],
    'done',
  ]);
  const model = modelOf((options) => script.doGenerate(options)) as unknown as MockLanguageModelV4;
  const { text } = await generateText({
    model,
    tools: { run_code: codeTool(executor), run_command: bashTool(sandbox), ...fileTools(sandbox) },
    stopWhen: ({ steps }) => steps.length === 5,
    prompt: 'go',
  });
  expect(text).toBe('done');
  expect(toolResultsSeen(model)).toEqual([
    { type: 'text', value: 'The code ran (POSIX exit code: 0).\nOutput:\n42' },
    { type: 'text', value: 'The code ran (POSIX exit code: 0).\nOutput:\nshell' },
    { type: 'text', value: 'The directory is empty.' },
  ]);
});
