import { randomUUID } from 'node:crypto';
import type { CodeExecutor } from '@sandpod/core';
import { durationMsSchema, validateOptions } from '@sandpod/core/backend';
import { type AgentMiddleware, createMiddleware } from 'langchain';
import { z } from 'zod';
import { functionSchema } from '../shared/index.ts';
import { type CodeTool, makeCodeTool } from './code-tool.ts';
import { type CodeToolOptions, codeToolShape } from './code-tool-options.ts';
import { RunExecutors } from './run-executors.ts';

export interface SandboxMiddlewareOptions extends CodeToolOptions {
  /** Makes an executor: one for each run of the agent that runs code, and one only to be described. Must do no I/O. */
  readonly createExecutor: () => CodeExecutor;
  /** Added to the system prompt; false: nothing is. Default: when to use the tool. */
  readonly prompt?: string | false | undefined;
  /** Milliseconds after which the sandbox of a run that was interrupted is removed. Default 15 minutes. */
  readonly idleMs?: number | undefined;
}

const DEFAULT_IDLE_MS = 15 * 60_000;

const optionsSchema = z.strictObject({
  ...codeToolShape,
  createExecutor: functionSchema<() => CodeExecutor>(),
  prompt: z.union([z.string(), z.literal(false)]).optional(),
  idleMs: durationMsSchema.default(DEFAULT_IDLE_MS),
});

/** Kept in the state of the run, so that one that was interrupted finds its sandbox again. */
const stateSchema: z.ZodObject<{ _sandpodRun: z.ZodOptional<z.ZodString> }> = z.object({ _sandpodRun: z.string().optional() });

export type SandboxMiddleware = AgentMiddleware<typeof stateSchema, undefined, unknown, readonly [CodeTool], readonly []>;

/**
 * Gives an agent a sandbox of its own for each run: the tool, a prompt, and the end.
 *
 * The sandbox is made at the first call of the tool and removed when the agent has finished, when a model or tool call of the
 * run fails or is aborted, and when nobody went on with an interrupted run for `idleMs`.
 *
 * @throws {SandpodError} `invalid-options`; also when the executor runs no language.
 */
export function sandboxMiddleware(options: SandboxMiddlewareOptions): SandboxMiddleware {
  const { createExecutor, idleMs, prompt: given, ...toolOptions } = validateOptions(optionsSchema, options, 'sandboxMiddleware');
  const { name } = toolOptions;
  const runs = new RunExecutors({ create: createExecutor, idleMs });
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
    `You have a sandbox. Use the tool ${name} to compute, to work with data and files, and to check what you are about to claim.`,
    'Read what the code printed before you answer. When code fails, find out why, change it, and run it again.',
  ].join(' ');
}

/**
 * LangGraph aborts the signal of a step when the run fails, is aborted, or loses its listener; `afterAgent` does not come then.
 * After a failure the signal is still listened to: somebody may try again, else the abort comes next.
 */
async function endOnFailure<T>(
  call: () => T | Promise<T>,
  { runs, signal, id }: { readonly runs: RunExecutors; readonly signal: AbortSignal | undefined; readonly id: string | undefined },
): Promise<T> {
  const end = (): void => {
    if (id !== undefined) runs.end(id).catch(() => {});
  };
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted) end();
  const answer = await call();
  signal?.removeEventListener('abort', end);
  return answer;
}
