import { AdkCodeExecutor } from '@sandpod/agents/adk';
import { codeTool as aiSdkCodeTool, bashTool, fileTools } from '@sandpod/agents/ai-sdk';
import { createCodeChat, createCodeRunner } from '@sandpod/agents/chat';
import { toDeepAgentsBackend } from '@sandpod/agents/deepagents';
import { codeTool, sandboxMiddleware } from '@sandpod/agents/langchain';
import { createMcpServer, serveMcp } from '@sandpod/agents/mcp';
import type { Sandbox } from '@sandpod/core';
import { EmbeddedCommandLineCodeExecutor, EmbeddedSandboxProvider } from '@sandpod/embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';

const executor = new EmbeddedCommandLineCodeExecutor();
const createExecutor = (): EmbeddedCommandLineCodeExecutor => new EmbeddedCommandLineCodeExecutor();
const model = 'any/model';
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await new EmbeddedSandboxProvider().create();
});
afterAll(() => sandbox[Symbol.asyncDispose]());

type Options = Readonly<Record<string, unknown>>;

/** Every entry point of the package, with the options that it requires. */
const entries: readonly (readonly [name: string, call: (options: Options) => unknown])[] = [
  ['/ai-sdk codeTool', (options) => aiSdkCodeTool(executor, options)],
  ['/ai-sdk bashTool', (options) => bashTool(sandbox, options)],
  ['/ai-sdk fileTools', (options) => fileTools(sandbox, options)],
  ['/chat createCodeChat', (options) => createCodeChat({ model, executor, ...options })],
  ['/chat createCodeRunner', (options) => createCodeRunner({ executor, ...options })],
  ['/langchain codeTool', (options) => codeTool(executor, options)],
  ['/langchain sandboxMiddleware', (options) => sandboxMiddleware({ createExecutor, ...options })],
  ['/deepagents toDeepAgentsBackend', (options) => toDeepAgentsBackend(sandbox, options)],
  ['/mcp createMcpServer', (options) => createMcpServer({ executor, ...options })],
  ['/mcp serveMcp', (options) => serveMcp({ executor, ...options, abortSignal: AbortSignal.abort() })],
  ['/adk AdkCodeExecutor', (options) => new AdkCodeExecutor({ executor, ...options })],
  ['/adk AdkCodeExecutor with createExecutor', (options) => new AdkCodeExecutor({ createExecutor, ...options })],
];

/** Throws the error of the entry point, whether it throws or rejects. */
async function attempt(call: (options: Options) => unknown, options: Options): Promise<void> {
  await call(options);
}

test.each(entries)('%s rejects an unknown option by name', async (_name, call) => {
  const refusal = { code: 'invalid-options', message: expect.stringMatching(/: expected .*, given "maxCharacter"/) };
  await expect(attempt(call, { maxCharacter: 1_000 })).rejects.toMatchObject(refusal);
});

/** Without deepagents, which cuts the text for its model itself. */
const cutting = entries.filter(([name]) => !name.startsWith('/deepagents'));

test.each(cutting)('%s accepts maxModelCharacters', async (_name, call) => {
  await attempt(call, { maxModelCharacters: 1_000 });
  const refusal = { code: 'invalid-options', message: expect.stringMatching(/\.maxModelCharacters: expected .* at least 100, given 1\./) };
  await expect(attempt(call, { maxModelCharacters: 1 })).rejects.toMatchObject(refusal);
});

test.each(entries.filter(([name]) => /codeTool|Middleware/.test(name)))('%s accepts the image options', async (_name, call) => {
  await attempt(call, { maxImageBytes: 0, imagesToModel: false });
  await expect(attempt(call, { imagesToModel: 'no' })).rejects.toThrow('imagesToModel: expected a boolean, given "no"');
});

test('an MCP server takes exactly one of executor and sandbox', () => {
  const create = createMcpServer as (options: Options) => unknown;
  expect(() => create({})).toThrow('createMcpServer: expected either executor or sandbox, given neither.');
  expect(() => create({ executor, sandbox })).toThrow('createMcpServer: expected either executor or sandbox, given both.');
});
