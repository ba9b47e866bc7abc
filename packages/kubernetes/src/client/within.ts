import { SandpodError } from '@sandpod/core';

/**
 * Runs requests that must not wait for long.
 *
 * @throws {SandpodError} `transport` with the message if the time is over. @throws the abort's reason.
 */
export async function within<T>(
  options: { readonly ms: number; readonly message: string; readonly advice: string; readonly abortSignal?: AbortSignal | undefined },
  operate: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { ms, message, advice, abortSignal } = options;
  const deadline = AbortSignal.timeout(ms);
  try {
    return await operate(abortSignal === undefined ? deadline : AbortSignal.any([abortSignal, deadline]));
  } catch (cause) {
    abortSignal?.throwIfAborted();
    if (!deadline.aborted) throw cause;
    throw new SandpodError({ code: 'transport', message: `${message} within ${ms} ms.`, advice, cause });
  }
}
