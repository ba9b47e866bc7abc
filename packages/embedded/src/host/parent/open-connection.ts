import { addAbortListener } from 'node:events';
import { type Limits, SandpodError } from '@sandpod/core';
import { ChildConnection } from './child-connection.ts';

const ENVIRONMENT = { HOME: '/home/sandbox', USER: 'sandbox', PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', TMPDIR: '/tmp' };

export interface OpenConnectionOptions {
  readonly limits: Limits;
  readonly env: Readonly<Record<string, string>>;
  readonly expiresInMs: number | null;
  readonly startTimeoutMs: number;
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * Starts a child process and waits until it answers. Kills the process if it does not answer in time.
 *
 * @throws {SandpodError} `start-failed`, `start-timeout`. @throws the abort reason.
 */
export async function openConnection(options: OpenConnectionOptions): Promise<ChildConnection> {
  const { limits, env, expiresInMs, startTimeoutMs, abortSignal } = options;
  const connection = new ChildConnection({
    config: { type: 'configure', ...limits, expiresInMs, env: { ...ENVIRONMENT, ...env } },
  });
  const failed = Promise.withResolvers<never>();
  const timer = setTimeout(() => failed.reject(startTimeout(startTimeoutMs)), startTimeoutMs);
  using _aborted = abortSignal && addAbortListener(abortSignal, () => failed.reject(abortSignal.reason));
  connection.hold();
  try {
    await Promise.race([connection.ready, failed.promise]);
    return connection;
  } catch (error) {
    await connection.kill('The start was abandoned.');
    throw abortSignal?.aborted || SandpodError.isInstance(error) ? error : startFailed(error);
  } finally {
    clearTimeout(timer);
    connection.release();
  }
}

function startTimeout(startTimeoutMs: number): SandpodError {
  return new SandpodError({
    code: 'start-timeout',
    message: `The sandbox's child process did not answer within startTimeoutMs (${startTimeoutMs} ms).`,
  });
}

function startFailed(cause: unknown): SandpodError {
  return new SandpodError({ code: 'start-failed', message: cause instanceof Error ? cause.message : String(cause), cause });
}
