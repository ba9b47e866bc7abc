import { randomUUID } from 'node:crypto';
import type { CodeExecutor } from '@sandpod/core';
import { type AgentMiddleware, createMiddleware } from 'langchain';
import { z } from 'zod';
import { CODE_TOOL_NAME } from '../shared/index.ts';
import { type CodeTool, codeTool } from './code-tool.ts';
import type { CodeToolOptions } from './code-tool-options.ts';
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

/** Kept in the state of the run, so that one that was interrupted finds its sandbox again. */
const stateSchema: z.ZodObject<{ _sandpodRun: z.ZodOptional<z.ZodString> }> = z.object({ _sandpodRun: z.string().optional() });

export type SandboxMiddleware = AgentMiddleware<typeof stateSchema, undefined, unknown, readonly [CodeTool], readonly []>;

/**
 * Gives an agent a sandbox of its own for each run: the tool, a prompt, and the end.
 *
 * The sandbox is made at the first call of the tool and removed when the agent has finished, when a model or tool call of the
 * run fails or is aborted, and when nobody went on with an interrupted run for `idleMs`.
 */
export function sandboxMiddleware(options: SandboxMiddlewareOptions): SandboxMiddleware {
  const { createExecutor, idleMs = DEFAULT_IDLE_MS } = options;
  const name = options.name ?? CODE_TOOL_NAME;
  const runs = new RunExecutors({ create: createExecutor, idleMs });
  const prompt = options.prompt ?? defaultPrompt(name);
  return createMiddleware({
    name: 'SandboxMiddleware',
    stateSchema,
    tools: [codeTool(createExecutor(), options)] as const,
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
        runs.use(id, async (executor) => handler({ ...request, tool: codeTool(executor, options) }));
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
