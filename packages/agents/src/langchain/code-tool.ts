import { type ContentBlock, ToolMessage } from '@langchain/core/messages';
import { type DynamicStructuredTool, ToolInputParsingException, type ToolRunnableConfig, tool } from '@langchain/core/tools';
import type { CodeExecutor, CodeResult } from '@sandpod/core';
import { validateOptions } from '@sandpod/core/backend';
import type { z } from 'zod';
import { type CodeInput, codeInputSchema, describeExecutor, failureText, platformFailure } from '../shared/index.ts';
import { type CodeToolEvent, CodeToolEvents } from './code-tool-event.ts';
import { type CodeToolOptions, codeToolOptionsSchema, type ValidCodeToolOptions } from './code-tool-options.ts';
import { resultContent } from './result-content.ts';

/** What the tool hands to LangChain: what the model sees, and the whole result as the message's artifact. */
type ContentAndArtifact = [content: string | ContentBlock[] | ToolMessage, artifact: CodeResult | undefined];

export type CodeTool = DynamicStructuredTool<
  z.ZodType<CodeInput, { code: string; language?: string | undefined }>,
  CodeInput,
  { code: string; language?: string | undefined },
  unknown,
  CodeToolEvent,
  string
>;

/**
 * An executor as a LangChain tool.
 *
 * The model sees text and images; `ToolMessage.artifact` is the whole `CodeResult`. Output streams in `streamMode: 'tools'`.
 * `config.signal` kills the run, and then the call rejects with the signal's reason. Every other failure is a message with
 * status `error`, so that the model can react.
 *
 * @throws {SandpodError} `invalid-options`; also when the executor runs no language.
 */
export function codeTool(executor: CodeExecutor, options: CodeToolOptions = {}): CodeTool {
  return makeCodeTool(executor, validateOptions(codeToolOptionsSchema, options, 'codeTool'));
}

/** {@link codeTool} for options that were checked. */
export function makeCodeTool(executor: CodeExecutor, options: ValidCodeToolOptions): CodeTool {
  const { name, description, timeoutMs } = options;
  const run = (input: CodeInput, config: ToolRunnableConfig): AsyncGenerator<CodeToolEvent, ContentAndArtifact> =>
    runCode({ executor, options }, { input, config });
  const made = tool(run, {
    name,
    description: `${describeExecutor(executor, { timeoutMs })} ${description}`.trim(),
    schema: codeInputSchema(executor),
    responseFormat: 'content_and_artifact',
  });
  return withoutStacks(made as unknown as CodeTool);
}

/** LangChain lets the model read the stack of a refused input, with paths of this machine. */
function withoutStacks(made: CodeTool): CodeTool {
  const invoke = made.invoke.bind(made) as (...parameters: unknown[]) => Promise<unknown>;
  const invokeWithoutStack = (...parameters: unknown[]): Promise<unknown> =>
    invoke(...parameters).catch((error: unknown) => {
      if (error instanceof ToolInputParsingException) error.stack = error.message;
      throw error;
    });
  return Object.assign(made, { invoke: invokeWithoutStack as CodeTool['invoke'] });
}

interface Target {
  readonly executor: CodeExecutor;
  readonly options: ValidCodeToolOptions;
}

interface ToolCall {
  readonly input: CodeInput;
  readonly config: ToolRunnableConfig;
}

/** LangChain's `tool()` stops waiting when the signal fires but lets the function go on, so the signal is passed to the run. */
async function* runCode(target: Target, { input, config }: ToolCall): AsyncGenerator<CodeToolEvent, ContentAndArtifact> {
  const { timeoutMs, env, collectFiles } = target.options;
  const events = new CodeToolEvents();
  let result: CodeResult | undefined;
  try {
    const running = target.executor.stream([input], { abortSignal: config.signal, timeoutMs, env, collectFiles });
    for await (const event of running) {
      if (event.type === 'end') result = event.result;
      const told = events.convert(event);
      if (told !== undefined) yield told;
    }
  } catch (error) {
    config.signal?.throwIfAborted();
    const failure = platformFailure(error);
    if (failure === undefined) throw error;
    return answer({ content: failureText(failure), isError: true, result: undefined }, { target, config });
  }
  config.signal?.throwIfAborted();
  if (result === undefined) throw new Error('The stream ended without an end event.');
  return answer({ content: resultContent(result, target.options), isError: result.outcome !== 'ok', result }, { target, config });
}

/** A failure needs a message of its own: LangChain marks what a tool returns as a success. */
function answer(
  { content, isError, result }: { content: string | ContentBlock[]; isError: boolean; result: CodeResult | undefined },
  { target, config }: { readonly target: Target; readonly config: ToolRunnableConfig },
): ContentAndArtifact {
  const id = config.toolCall?.id;
  if (!isError || id === undefined) return [content, result];
  const message = new ToolMessage({ content, artifact: result, tool_call_id: id, name: target.options.name, status: 'error' });
  return [message, result];
}
