import { randomUUID } from 'node:crypto';
import { addAbortListener } from 'node:events';
import { type CodeExecutor, SessionPool } from '@sandpod/core';
import { durationMsSchema, validateOptions } from '@sandpod/core/backend';
import { type AgentMiddleware, createMiddleware } from 'langchain';
import { z } from 'zod';
import { functionSchema } from '../shared/index.ts';
import { type CodeTool, makeCodeTool } from './code-tool.ts';
import { type CodeToolOptions, codeToolShape } from './code-tool-options.ts';

export interface SandboxMiddlewareOptions extends CodeToolOptions {
  /** Creates an executor. Called once for each agent run that uses the tool, and once to describe the tool. It must not do I/O. */
  readonly createExecutor: () => CodeExecutor;
  /** Text added to the system prompt, or `false` to add nothing. Default: a text about when to use the tool. */
  readonly prompt?: string | false | undefined;
  /** Milliseconds after which the sandbox of an interrupted run is removed. Default 15 minutes. */
  readonly idleMs?: number | undefined;
}

const DEFAULT_IDLE_MS = 15 * 60_000;

const optionsSchema = z.strictObject({
  ...codeToolShape,
  createExecutor: functionSchema<() => CodeExecutor>(),
  prompt: z.union([z.string(), z.literal(false)]).optional(),
  idleMs: durationMsSchema.default(DEFAULT_IDLE_MS),
});

/** Stored in the state of the run, so that an interrupted run finds its sandbox again. */
const stateSchema: z.ZodObject<{ _sandpodRun: z.ZodOptional<z.ZodString> }> = z.object({ _sandpodRun: z.string().optional() });

export type SandboxMiddleware = AgentMiddleware<typeof stateSchema, undefined, unknown, readonly [CodeTool], readonly []>;

/**
 * Adds a code tool and a prompt to an agent, with a separate sandbox for each run.
 *
 * The first tool call creates the sandbox. The sandbox is removed when the agent finishes, when a model or tool call in the run fails or is
 * aborted, or when an interrupted run is not resumed within `idleMs`.
 *
 * @throws {SandpodError} `invalid-options`, for example if the executor runs no language.
 */
export function sandboxMiddleware(options: SandboxMiddlewareOptions): SandboxMiddleware {
  const { createExecutor, idleMs, prompt: given, ...toolOptions } = validateOptions(optionsSchema, options, 'sandboxMiddleware');
  const { name } = toolOptions;
  const runs = new SessionPool({ open: createExecutor, close: (executor) => executor.stop(), idleMs });
  const prompt = given ?? defaultPrompt(name);
  return createMiddleware({
    name: 'SandboxMiddleware',
    stateSchema,
    tools: [makeCodeTool(createExecutor(), toolOptions)] as const,
    beforeAgent: () => ({ _sandpodRun: randomUUID() }),
    wrapModelCall: async (request, handler) => {
      const answer = (): ReturnType<typeof handler> =>
        handler(prompt === false ? request : { ...request, systemMessage: request.systemMessage.concat(`\n\n${prompt}`) });
      return endOnFailure(answer, { runs, signal: request.runtime.signal, id: request.state._sandpodRun });
    },
    wrapToolCall: async (request, handler) => {
      if (request.toolCall.name !== name) return handler(request);
      const id = request.state._sandpodRun ?? randomUUID();
      const answer = (): Promise<Awaited<ReturnType<typeof handler>>> =>
        runs.use(id, async (executor) => handler({ ...request, tool: makeCodeTool(executor, toolOptions) }));
      return endOnFailure(answer, { runs, signal: request.runtime.signal, id });
    },
    afterAgent: async ({ _sandpodRun: id }) => {
      if (id !== undefined) await runs.end(id);
    },
  });
}

function defaultPrompt(name: string): string {
  return [
    `You have a sandbox. Use the tool ${name} to compute, to work with data and files, and to check your claims.`,
    'Read the output of the code before you answer. If the code fails, find out why, change it, and run it again.',
  ].join(' ');
}

/**
 * Calls `call`, and ends the run if the signal of the step fires. If the run fails, is aborted, or loses its reader, LangGraph fires
 * that signal and does not call `afterAgent`.
 *
 * If `call` fails, the listener stays: LangGraph either retries the call, or fires the signal.
 */
async function endOnFailure<T>(
  call: () => T | Promise<T>,
  {
    runs,
    signal,
    id,
  }: { readonly runs: SessionPool<CodeExecutor>; readonly signal: AbortSignal | undefined; readonly id: string | undefined },
): Promise<T> {
  const end = (): void => {
    if (id !== undefined) runs.end(id).catch(() => {});
  };
  const listener = signal && addAbortListener(signal, end);
  const answer = await call();
  listener?.[Symbol.dispose]();
  return answer;
}
