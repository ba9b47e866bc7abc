import { type ContentBlock, ToolMessage } from '@langchain/core/messages';
import { type DynamicStructuredTool, type ToolRunnableConfig, tool } from '@langchain/core/tools';
import type { CodeExecutor, CodeResult } from '@sandpod/core';
import type { z } from 'zod';
import { CODE_TOOL_NAME, type CodeInput, codeInputSchema, describeExecutor, failureText, platformFailure } from '../shared/index.ts';
import { type CodeToolEvent, CodeToolEvents } from './code-tool-event.ts';
import type { CodeToolOptions } from './code-tool-options.ts';
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
 * @throws {SandpodError} `invalid-options` when the executor runs no language.
 */
export function codeTool(executor: CodeExecutor, options: CodeToolOptions = {}): CodeTool {
  const { name = CODE_TOOL_NAME, timeoutMs } = options;
  const run = (input: CodeInput, config: ToolRunnableConfig): AsyncGenerator<CodeToolEvent, ContentAndArtifact> =>
    runCode({ executor, options: { ...options, name } }, { input, config });
  return tool(run, {
    name,
    description: options.description ?? describeExecutor(executor, { timeoutMs }),
    schema: codeInputSchema(executor),
    responseFormat: 'content_and_artifact',
  }) as unknown as CodeTool;
}

interface Target {
  readonly executor: CodeExecutor;
  readonly options: CodeToolOptions & { readonly name: string };
}

interface ToolCall {
  readonly input: CodeInput;
  readonly config: ToolRunnableConfig;
}

/** LangChain's `tool()` stops waiting when the signal fires but lets the function go on, so the signal is passed to the run. */
async function* runCode(target: Target, { input, config }: ToolCall): AsyncGenerator<CodeToolEvent, ContentAndArtifact> {
  const { timeoutMs, env, collectFiles = true } = target.options;
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
