import { SandpodError } from '@sandpod/core';

export interface DeadlineOptions {
  readonly timeoutMs: number;
  /** The subject of the sentence in the error message. */
  readonly subject: string;
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * Runs `work` with a signal that aborts after `timeoutMs`, or earlier if the caller's signal aborts.
 *
 * @throws the abort reason of the caller's signal; {SandpodError} `start-timeout`.
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
