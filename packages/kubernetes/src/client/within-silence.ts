import { SandpodError } from '@sandpod/core';
import type { KubeClient } from './kube-client.ts';

/**
 * Runs requests that must not wait long for a server that does not answer. The answer "retry later" also counts as an answer.
 *
 * @throws {SandpodError} `transport` with the message if no request is answered for `ms` milliseconds. @throws the abort reason.
 */
export async function withinSilence<T>(
  client: Pick<KubeClient, 'answeredMs'>,
  options: { readonly ms: number; readonly message: string; readonly advice: string; readonly abortSignal?: AbortSignal | undefined },
  operate: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { ms, message, advice, abortSignal } = options;
  const silence = new AbortController();
  const startedMs = performance.now();
  const look = (): void => {
    const restMs = Math.max(startedMs, client.answeredMs) + ms - performance.now();
    if (restMs > 0) timer = setTimeout(look, restMs);
    else silence.abort(new Error(`The API server was silent for ${ms} ms.`));
  };
  let timer = setTimeout(look, ms);
  try {
    return await operate(abortSignal === undefined ? silence.signal : AbortSignal.any([abortSignal, silence.signal]));
  } catch (cause) {
    abortSignal?.throwIfAborted();
    if (!silence.signal.aborted) throw cause;
    throw new SandpodError({ code: 'transport', message: `${message} within ${ms} ms.`, advice, cause });
  } finally {
    clearTimeout(timer);
  }
}
