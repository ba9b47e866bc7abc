import { type CodeExecutor, SandpodError } from '@sandpod/core';

interface AdkCommonOptions {
  /** Milliseconds for one block of code, waiting and start-up excluded. Default: the executor's own limit. */
  readonly timeoutMs?: number | undefined;
  /** Variables for the code. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Which files that a run made or changed become artifacts: true for all (default), false, or globs. */
  readonly collectFiles?: boolean | readonly string[] | undefined;
  /** Characters kept of each stream, half of them from the start and half from the end. Default 20,000. */
  readonly maxCharacters?: number | undefined;
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

export interface ResolvedAdkOptions {
  readonly executor: CodeExecutor | undefined;
  readonly createExecutor: (() => CodeExecutor | Promise<CodeExecutor>) | undefined;
  readonly stateful: boolean;
  readonly maxSessions: number;
  readonly idleMs: number;
  readonly timeoutMs: number | undefined;
  readonly env: Readonly<Record<string, string>> | undefined;
  readonly collectFiles: boolean | readonly string[];
  readonly maxCharacters: number | undefined;
}

const DEFAULT_MAX_SESSIONS = 16;
const DEFAULT_IDLE_MS = 15 * 60_000;

/** @throws {SandpodError} `invalid-options` unless exactly one of the two ways to an executor is given. */
export function resolveAdkOptions(options: AdkCodeExecutorOptions): ResolvedAdkOptions {
  const { executor, createExecutor, timeoutMs, env, collectFiles = true, maxCharacters } = options;
  if ((executor === undefined) === (createExecutor === undefined)) {
    const message = `AdkCodeExecutor: expected either executor or createExecutor, given ${executor === undefined ? 'neither' : 'both'}.`;
    throw new SandpodError({ code: 'invalid-options', message });
  }
  const { maxSessions = DEFAULT_MAX_SESSIONS, idleMs = DEFAULT_IDLE_MS } = options as Partial<ExecutorFactoryOptions>;
  const stateful = options.stateful ?? (executor === undefined || executor.capabilities.state !== 'none');
  return { executor, createExecutor, stateful, maxSessions, idleMs, timeoutMs, env, collectFiles, maxCharacters };
}
