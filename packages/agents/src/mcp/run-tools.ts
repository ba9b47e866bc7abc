import type { CallToolResult, InputRequiredResult, McpServer, ServerContext, ToolAnnotations } from '@modelcontextprotocol/server';
import { type CodeBlock, type CodeExecutor, DEFAULT_TIMEOUT_MS } from '@sandpod/core';
import { ResultReader, StreamDecoder } from '@sandpod/core/backend';
import { z } from 'zod';
import { CODE_TOOL_NAME, cleanLine, codeInputSchema, describeExecutor, TextCleaner, toolInputSchema } from '../shared/index.ts';
import { runInSandbox } from '../shared/run-in-sandbox.ts';
import { shellLanguage } from '../shared/shell-language.ts';
import { askApproval } from './approval.ts';
import { ProgressReporter } from './progress-reporter.ts';
import { RUN_OUTPUT_SCHEMA, type RunResult, runAnswer } from './run-answer.ts';
import type { ToolTarget } from './tool-target.ts';

/** Code cannot affect anything outside its sandbox unless the network is open. */
const annotations: ToolAnnotations = { readOnlyHint: false, destructiveHint: false, idempotentHint: false };

/** Maximum length of a command, in characters. */
const MAX_COMMAND_CHARACTERS = 100_000;

const commandSchema = toolInputSchema({
  command: z.string().min(1).max(MAX_COMMAND_CHARACTERS).describe('A shell command; it starts in the working directory.'),
});

/** Registers `run_code` and `run_command`, if the target supports them. */
export function registerRunTools(server: McpServer, target: ToolTarget): void {
  const { executor, sandbox } = target.options;
  if (executor === undefined) {
    registerCommandTool(server, { target, about: sandbox.description });
    return;
  }
  registerCodeTool(server, { target, executor });
  const language = shellLanguage(executor);
  if (language !== undefined)
    registerCommandTool(server, { target, about: 'It has the same working directory as run_code.', executor, language });
}

function registerCodeTool(server: McpServer, { target, executor }: { readonly target: ToolTarget; readonly executor: CodeExecutor }): void {
  const config = {
    title: 'Run code',
    description: describeExecutor(executor, { timeoutMs: target.options.timeoutMs }),
    inputSchema: codeInputSchema(executor),
    outputSchema: RUN_OUTPUT_SCHEMA,
    annotations: { ...annotations, openWorldHint: executor.capabilities.network === 'open' },
  };
  server.registerTool(CODE_TOOL_NAME, config, ({ code, language }, context) =>
    approved({ target, context, code, language }, () => runBlock({ target, executor, context }, { code, language })),
  );
}

/** Runs a call in the target's queue. If the options require approval, first requests that approval. */
async function approved(
  { target, context, ...code }: { readonly target: ToolTarget; readonly context: ServerContext } & CodeBlock,
  run: () => Promise<CallToolResult>,
): Promise<CallToolResult | InputRequiredResult> {
  const refusal = target.options.approve ? await askApproval(code, context) : undefined;
  return refusal ?? target.answer(context, run);
}

interface CommandTool {
  readonly target: ToolTarget;
  /** The part of the tool description that says where the command runs. */
  readonly about: string;
  readonly executor?: CodeExecutor;
  readonly language?: string;
}

function registerCommandTool(server: McpServer, { target, about, executor, language }: CommandTool): void {
  const config = {
    title: 'Run a command',
    description: `Runs a shell command in the sandbox and returns its output. ${about}`,
    inputSchema: commandSchema,
    outputSchema: RUN_OUTPUT_SCHEMA,
    annotations,
  };
  server.registerTool('run_command', config, ({ command }, context) =>
    approved({ target, context, code: command, language: language ?? 'sh' }, () =>
      executor !== undefined && language !== undefined
        ? runBlock({ target, executor, context }, { code: command, language })
        : runCommand({ target, context, command }),
    ),
  );
}

async function runCommand(call: {
  readonly target: ToolTarget;
  readonly context: ServerContext;
  readonly command: string;
}): Promise<CallToolResult> {
  const { target, context, command } = call;
  const { sandbox, timeoutMs = DEFAULT_TIMEOUT_MS } = target.options;
  if (sandbox === undefined) throw new Error('There is no sandbox.');
  using progress = new ProgressReporter(context);
  progress.report('running');
  const addOutput = outputTo(progress);
  const decoders = { stdout: new StreamDecoder(), stderr: new StreamDecoder() };
  const result = await runInSandbox(sandbox, {
    command,
    timeoutMs,
    abortSignal: context.mcpReq.signal,
    onChunk: ({ stream, bytes }) => addOutput(stream, decoders[stream].decode(bytes)),
  });
  return answer(result, call);
}

interface Call {
  readonly target: ToolTarget;
  readonly executor: CodeExecutor;
  readonly context: ServerContext;
}

async function runBlock(call: Call, block: CodeBlock): Promise<CallToolResult> {
  const { target, executor, context } = call;
  const { signal } = context.mcpReq;
  using progress = new ProgressReporter(context);
  const addOutput = outputTo(progress);
  const running = new ResultReader(
    executor.stream([block], { abortSignal: signal, timeoutMs: target.options.timeoutMs, collectFiles: true }),
  );
  for await (const event of running) {
    if (event.type === 'status') progress.report(cleanLine(event.progress.message));
    if (event.type === 'block-start') progress.report(`running ${event.language}`);
    if (event.type === 'stdout' || event.type === 'stderr') addOutput(event.type, event.text);
  }
  return answer(running.result, call);
}

/** Returns a function that reports pieces of a run's output as progress, without terminal codes. */
function outputTo(progress: ProgressReporter): (stream: 'stdout' | 'stderr', text: string) => void {
  if (!progress.isWanted) return () => {};
  const cleaners = { stdout: new TextCleaner(), stderr: new TextCleaner() };
  return (stream, text) => progress.addOutput(cleaners[stream].push(text));
}

/** Creates the response to a call. Throws if the call was aborted, because the client no longer waits for a response. */
async function answer(result: RunResult, { target, context }: Pick<Call, 'target' | 'context'>): Promise<CallToolResult> {
  context.mcpReq.signal.throwIfAborted();
  const { executor, sandbox, maxModelCharacters } = target.options;
  const environment = executor?.describe().environment ?? sandbox?.environment;
  return runAnswer(result, { maxCharacters: maxModelCharacters, environment, hasLinks: target.canLink });
}
