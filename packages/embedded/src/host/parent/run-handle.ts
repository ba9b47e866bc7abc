import { addAbortListener } from 'node:events';
import { type ExitStatus, ProcessLost, type SandboxProcess } from '@sandpod/core';
import { createProcessHandle } from '@sandpod/core/backend';
import { inputStream, outputStream } from './call-streams.ts';
import type { ChildConnection } from './child-connection.ts';
import { ConnectionEnded } from './connection-ended.ts';
import { spawnResultSchema } from './incoming-messages.ts';
import type { RemoteCall } from './remote-call.ts';

/** The time that a run may continue after its deadline, or after a kill, before the whole child process is killed. */
const MARGIN_MS = 3_000;
const LONGEST_TIMER_MS = 2_147_483_647;
/** The exit code that a shell reports for a program that was ended by KILL. */
const KILLED_EXIT_CODE = 137;

export interface RunHandleOptions {
  readonly connection: ChildConnection;
  readonly stdin: boolean;
  readonly timeoutMs?: number | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** Returns the handle of a run. The child process enforces the limits. The handle guards against a child process that does not answer. */
export function createRunHandle(call: RemoteCall, options: RunHandleOptions): SandboxProcess {
  const { connection, timeoutMs, abortSignal } = options;
  const guard = new RunGuard(call, connection);
  void call.started.then(
    (isStarted) => isStarted && timeoutMs !== undefined && guard.expectEnd(timeoutMs),
    () => {},
  );
  const listener = abortSignal && addAbortListener(abortSignal, () => guard.stop());
  const status = waitForEnd(call, { abortSignal, guard }).finally(() => {
    guard.clear();
    listener?.[Symbol.dispose]();
  });
  status.catch(() => {});
  return createProcessHandle({
    output: outputStream(call),
    ...(options.stdin ? { stdin: inputStream(call) } : {}),
    wait: () => status,
    kill: async () => {
      guard.stop();
      await status.catch(() => {});
    },
  });
}

interface Expectation {
  readonly withinMs: number;
  readonly outcome: 'timeout' | 'session-lost';
  readonly reason: string;
}

/** Kills the whole child process if it does not end a run in time. */
class RunGuard {
  missed: Expectation | undefined;
  readonly #call: RemoteCall;
  readonly #connection: ChildConnection;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(call: RemoteCall, connection: ChildConnection) {
    this.#call = call;
    this.#connection = connection;
  }

  expectEnd(timeoutMs: number): void {
    if (!this.#isStopped)
      this.#expect({ withinMs: timeoutMs, outcome: 'timeout', reason: `The program was still running after ${timeoutMs} ms.` });
  }

  #expect(expectation: Expectation): void {
    clearTimeout(this.#timer);
    const expire = (): void => {
      this.missed = expectation;
      void this.#connection.kill(`The sandbox's child process did not end a program in time and was killed.`);
    };
    this.#timer = setTimeout(expire, Math.min(expectation.withinMs + MARGIN_MS, LONGEST_TIMER_MS));
  }

  stop(): void {
    if (this.#isStopped || this.#call.isOver) return;
    this.#isStopped = true;
    this.#call.cancel();
    this.#expect({ withinMs: 0, outcome: 'session-lost', reason: 'The program did not stop, so the sandbox was ended.' });
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}

async function waitForEnd(
  call: RemoteCall,
  context: { readonly abortSignal: AbortSignal | undefined; readonly guard: RunGuard },
): Promise<ExitStatus> {
  const result = await call.result.catch((error: unknown) => Promise.reject(lostBy(error, context)));
  const parsed = spawnResultSchema.safeParse(result);
  if (!parsed.success) throw new ProcessLost({ outcome: 'session-lost', reason: 'The sandbox reported an invalid exit status.' });
  const ending = parsed.data;
  if (ending.kind === 'exit') return { exitCode: ending.exitCode, ...(ending.reason === undefined ? {} : { reason: ending.reason }) };
  if (ending.kind === 'lost') throw new ProcessLost({ outcome: ending.outcome, reason: ending.reason });
  context.abortSignal?.throwIfAborted();
  return { exitCode: KILLED_EXIT_CODE, reason: 'The process was killed.' };
}

function lostBy(error: unknown, context: { readonly abortSignal: AbortSignal | undefined; readonly guard: RunGuard }): unknown {
  if (!(error instanceof ConnectionEnded)) return error;
  if (context.abortSignal?.aborted) return context.abortSignal.reason;
  const { missed } = context.guard;
  const outcome = missed?.outcome ?? (error.isOutOfMemory ? 'memory-limit' : 'session-lost');
  return new ProcessLost({ outcome, reason: missed?.reason ?? error.message, cause: error });
}
