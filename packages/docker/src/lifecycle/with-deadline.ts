import { SandpodError } from '@sandpod/core';

export interface DeadlineOptions {
  readonly timeoutMs: number;
  /** What took too long, for the message. */
  readonly subject: string;
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * Does work under a signal that aborts after `timeoutMs` or with the caller's own.
 *
 * @throws the caller's reason when its signal aborted; {SandpodError} `start-timeout`.
 */
export async function withDeadline<Value>(options: DeadlineOptions, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const { timeoutMs, subject, abortSignal } = options;
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = abortSignal === undefined ? deadline : AbortSignal.any([abortSignal, deadline]);
  try {
    return await work(signal);
  } catch (cause) {
    abortSignal?.throwIfAborted();
    if (!deadline.aborted) throw cause;
    throw new SandpodError({ code: 'start-timeout', message: `${subject} was not usable within ${timeoutMs} ms.`, cause });
  }
}
