import { SandpodError } from '@sandpod/core';
import { type KubeCall, KubeError } from './kube-error.ts';
import { pause } from './pause.ts';

/** Total time that a request may wait because the server asks it to. */
const THROTTLED_MS = 60_000;
/** The shortest pause before a request that was throttled is sent again; it doubles up to the longest. */
const THROTTLED_PAUSES_MS = { first: 200, longest: 1_000 } as const;
/** Pauses before a read or a delete is tried again after a broken connection or a 5xx. */
const PAUSES_MS = [200, 1_000, 3_000] as const;

/** Sends a request until it succeeds, or until trying again can do harm or no good. */
export async function retry<T>(
  options: {
    readonly call: KubeCall;
    readonly abortSignal?: AbortSignal | undefined;
    /** Called when the server refuses the credentials, which it does before anything else; true when others can be had. */
    readonly renew: () => boolean;
  },
  once: () => Promise<T>,
): Promise<T> {
  const startedMs = performance.now();
  for (let failures = 0; ; failures += 1) {
    try {
      return await once();
    } catch (error) {
      options.abortSignal?.throwIfAborted();
      if (failures === 0 && error instanceof KubeError && error.status === 401 && options.renew()) continue;
      const waitMs = retryDelay(error, { call: options.call, failures, spentMs: performance.now() - startedMs });
      if (waitMs === undefined) throw error;
      await pause(waitMs, options.abortSignal);
    }
  }
}

/**
 * Milliseconds to wait before a failed request is sent again, or undefined to give up.
 *
 * 429 is answered before a request is processed, so that even a create may be sent again. After anything else only
 * what can be repeated without harm is. A launcher whose connection broke reads the end of its input and leaves; an
 * answer of the server to an exec is about the container and will stay the same.
 */
function retryDelay(
  error: unknown,
  state: { readonly call: KubeCall; readonly failures: number; readonly spentMs: number },
): number | undefined {
  if (error instanceof KubeError && error.status === 429) {
    const { first, longest } = THROTTLED_PAUSES_MS;
    const asked = Number.isFinite(error.retryAfterMs) ? error.retryAfterMs : longest;
    const waitMs = Math.max(asked, Math.min(first * 2 ** state.failures, longest));
    return state.spentMs + waitMs > THROTTLED_MS ? undefined : waitMs;
  }
  if (!(isTransient(error) && state.call.verb !== 'create')) return undefined;
  if (state.call.subresource === 'exec' && (error instanceof KubeError || state.failures > 0)) return undefined;
  return PAUSES_MS[state.failures];
}

/** True for what another attempt may mend: no answer, or an answer that blames the server. */
export function isTransient(error: unknown): boolean {
  return SandpodError.isInstance(error) && error.code === 'transport' && error.isRetryable;
}
