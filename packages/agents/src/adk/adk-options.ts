import { type CodeExecutor, SandpodError } from '@sandpod/core';
import { durationMsSchema, validateOptions } from '@sandpod/core/backend';
import { z } from 'zod';
import { type AdapterOptions, adapterShape, executorSchema, functionSchema } from '../shared/index.ts';

interface AdkCommonOptions extends AdapterOptions {
  /** Which created or changed files become artifacts: `true` for all (default), `false` for none, or globs. */
  readonly collectFiles?: boolean | readonly string[] | undefined;
  /** Maximum number of characters of each stream that the model reads; longer output is cut in the middle. At least 100. Default 20,000. */
  readonly maxModelCharacters?: number | undefined;
  /** Number of consecutive failures after which ADK stops running code (ADK's `errorRetryAttempts`). Default 2. */
  readonly errorRetryAttempts?: number | undefined;
}

interface OneExecutorOptions extends AdkCommonOptions {
  /** The executor for all sessions of the agent. The sessions share its workspace. You must stop the executor yourself. */
  readonly executor: CodeExecutor;
  readonly createExecutor?: never;
  /** Whether ADK treats the executor as stateful. Default: true if the executor keeps state. */
  readonly stateful?: boolean | undefined;
}

interface ExecutorFactoryOptions extends AdkCommonOptions {
  /** Creates an executor: one per session if `stateful` is true, otherwise one per code block. */
  readonly createExecutor: () => CodeExecutor | Promise<CodeExecutor>;
  readonly executor?: never;
  /** Whether each session keeps its executor. Default true. */
  readonly stateful?: boolean | undefined;
  /** Maximum number of sessions kept. A new session replaces the least recently used idle session. Default 16. */
  readonly maxSessions?: number | undefined;
  /** Milliseconds after which an idle session is stopped. Default 15 minutes. */
  readonly idleMs?: number | undefined;
}

export type AdkCodeExecutorOptions = OneExecutorOptions | ExecutorFactoryOptions;

/** The validated options, with defaults filled in. */
export interface ValidAdkOptions {
  readonly executor: CodeExecutor | undefined;
  readonly createExecutor: (() => CodeExecutor | Promise<CodeExecutor>) | undefined;
  readonly stateful: boolean;
  readonly maxSessions: number;
  readonly idleMs: number;
  readonly timeoutMs?: number | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly collectFiles: boolean | readonly string[];
  readonly maxModelCharacters: number;
  readonly errorRetryAttempts?: number | undefined;
}

const commonShape = {
  ...adapterShape,
  stateful: z.boolean().optional(),
  errorRetryAttempts: z.int().min(0).optional(),
} as const;

const oneExecutorSchema = z.strictObject({ executor: executorSchema, ...commonShape });

const executorFactorySchema = z.strictObject({
  createExecutor: functionSchema<ExecutorFactoryOptions['createExecutor']>(),
  ...commonShape,
  maxSessions: z.int().min(1).default(16),
  idleMs: durationMsSchema.default(15 * 60_000),
});

/**
 * Validates the options. @throws {SandpodError} `invalid-options`, for example if `executor` and `createExecutor` are both set or both
 * missing.
 */
export function validateAdkOptions(options: AdkCodeExecutorOptions): ValidAdkOptions {
  const { executor, createExecutor } = options;
  if ((executor === undefined) === (createExecutor === undefined)) {
    const message = `AdkCodeExecutor: expected either executor or createExecutor, given ${executor === undefined ? 'neither' : 'both'}.`;
    throw new SandpodError({ code: 'invalid-options', message });
  }
  return executor === undefined ? withFactory(options) : withExecutor(options);
}

function withFactory(options: unknown): ValidAdkOptions {
  const { stateful = true, ...valid } = validateOptions(executorFactorySchema, options, 'AdkCodeExecutor');
  return { ...valid, stateful, executor: undefined };
}

/** Validates options with a single executor. It keeps no sessions, so options for sessions are rejected instead of ignored. */
function withExecutor(options: unknown): ValidAdkOptions {
  const valid = validateOptions(oneExecutorSchema, options, 'AdkCodeExecutor');
  const { stateful = valid.executor.capabilities.state !== 'none' } = valid;
  return { ...valid, stateful, createExecutor: undefined, maxSessions: 0, idleMs: 0 };
}
