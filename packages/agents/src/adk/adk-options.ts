import { type CodeExecutor, SandpodError } from '@sandpod/core';
import { durationMsSchema, validateOptions } from '@sandpod/core/backend';
import { z } from 'zod';
import { type AdapterOptions, adapterShape, executorSchema, functionSchema } from '../shared/index.ts';

interface AdkCommonOptions extends AdapterOptions {
  /** Which files that a run made or changed become artifacts: true for all (default), false, or globs. */
  readonly collectFiles?: boolean | readonly string[] | undefined;
  /** Characters of each stream that the model reads, half of them from the start and half from the end. At least 100. Default 20,000. */
  readonly maxModelCharacters?: number | undefined;
  /** ADK's own: failures in a row after which it stops running code. Default 2. */
  readonly errorRetryAttempts?: number | undefined;
}

interface OneExecutorOptions extends AdkCommonOptions {
  /** One executor for everything: all sessions of the agent share its workspace. Its owner stops it. */
  readonly executor: CodeExecutor;
  readonly createExecutor?: never;
  /** What ADK hears about state. Default: whether the executor keeps any. */
  readonly stateful?: boolean | undefined;
}

interface ExecutorFactoryOptions extends AdkCommonOptions {
  /** Makes an executor: one for each session when stateful, else one for each block of code. */
  readonly createExecutor: () => CodeExecutor | Promise<CodeExecutor>;
  readonly executor?: never;
  /** Default true. */
  readonly stateful?: boolean | undefined;
  /** Sessions kept at once; the one unused for longest is stopped for a new one. Default 16. */
  readonly maxSessions?: number | undefined;
  /** Milliseconds after which an unused session is stopped. Default 15 minutes. */
  readonly idleMs?: number | undefined;
}

export type AdkCodeExecutorOptions = OneExecutorOptions | ExecutorFactoryOptions;

/** Checked, with defaults filled in. */
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

/** @throws {SandpodError} `invalid-options`; also unless exactly one of the two ways to an executor is given. */
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

/** Sessions are not kept here: options of theirs are refused rather than ignored. */
function withExecutor(options: unknown): ValidAdkOptions {
  const valid = validateOptions(oneExecutorSchema, options, 'AdkCodeExecutor');
  const { stateful = valid.executor.capabilities.state !== 'none' } = valid;
  return { ...valid, stateful, createExecutor: undefined, maxSessions: 0, idleMs: 0 };
}
