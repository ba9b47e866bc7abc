import { type ContentBlock, ToolMessage } from '@langchain/core/messages';
import { type DynamicStructuredTool, ToolInputParsingException, type ToolRunnableConfig, tool } from '@langchain/core/tools';
import type { CodeExecutor, CodeResult } from '@sandpod/core';
import { ResultReader, validateOptions } from '@sandpod/core/backend';
import type { z } from 'zod';
import { type CodeInput, codeInputSchema, describeExecutor, failureText, platformFailure } from '../shared/index.ts';
import { type CodeToolEvent, CodeToolEvents } from './code-tool-event.ts';
import { type CodeToolOptions, codeToolOptionsSchema, type ValidCodeToolOptions } from './code-tool-options.ts';
import { publishEvent } from './publish-event.ts';
import { resultContent } from './result-content.ts';

/** The tool's return value for LangChain: the content for the model, and the whole result as the message's artifact. */
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
 * Creates a LangChain tool that runs code on an executor.
 *
 * The model sees text and images; `ToolMessage.artifact` is the whole `CodeResult`. Output is streamed in `streamMode: 'tools'` and
 * `'custom'`, and as `on_custom_event` in `streamEvents`. If `config.signal` aborts, the run is killed and the call rejects with the
 * signal's reason. Any other failure of the code or the platform is returned as a message with status `error`, so that the model can react.
 *
 * @throws {SandpodError} `invalid-options`, for example if the executor runs no language.
 */
export function codeTool(executor: CodeExecutor, options: CodeToolOptions = {}): CodeTool {
  return makeCodeTool(executor, validateOptions(codeToolOptionsSchema, options, 'codeTool'));
}

/** Like {@link codeTool}, for options that are already validated. */
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

/**
 * Removes the stack from errors about invalid input. LangChain would show the model the stack, which contains file paths on this machine.
 */
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

/**
 * Runs the code. If the signal fires, LangChain's `tool()` stops waiting but does not stop this function, so the run gets the signal too.
 */
async function* runCode(target: Target, { input, config }: ToolCall): AsyncGenerator<CodeToolEvent, ContentAndArtifact> {
  const { timeoutMs, env, collectFiles } = target.options;
  const events = new CodeToolEvents();
  try {
    const running = new ResultReader(target.executor.stream([input], { abortSignal: config.signal, timeoutMs, env, collectFiles }));
    for await (const event of running) {
      const toolEvent = events.convert(event);
      if (toolEvent === undefined) continue;
      await publishEvent(toolEvent, { tool: target.options.name, config });
      yield toolEvent;
    }
    config.signal?.throwIfAborted();
    const { result } = running;
    const { environment } = target.executor.describe();
    const content = resultContent(result, { ...target.options, environment });
    return answer({ content, isError: result.outcome !== 'ok', result }, { target, config });
  } catch (error) {
    config.signal?.throwIfAborted();
    const failure = platformFailure(error);
    if (failure === undefined) throw error;
    return answer({ content: failureText(failure), isError: true, result: undefined }, { target, config });
  }
}

/** Creates the tool's return value. For a failure, this is a `ToolMessage`, because LangChain marks any other value as a success. */
function answer(
  { content, isError, result }: { content: string | ContentBlock[]; isError: boolean; result: CodeResult | undefined },
  { target, config }: { readonly target: Target; readonly config: ToolRunnableConfig },
): ContentAndArtifact {
  const id = config.toolCall?.id;
  if (!isError || id === undefined) return [content, result];
  const message = new ToolMessage({ content, artifact: result, tool_call_id: id, name: target.options.name, status: 'error' });
  return [message, result];
}
