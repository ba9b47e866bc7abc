import { SandpodError } from '@sandpod/core';
import { type KubeCall, KubeError } from './kube-error.ts';

/** Total time that a request may wait because the server asks it to. */
const THROTTLED_MS = 60_000;
/** Pauses before a read or a delete is tried again after a broken connection or a 5xx. */
const PAUSES_MS = [200, 1_000, 3_000] as const;

/**
 * Milliseconds to wait before a failed request is sent again, or undefined to give up.
 *
 * 429 is answered before a request is processed, so that even a create may be sent again. After anything else only
 * what can be repeated without harm is.
 */
export function retryDelay(
  error: unknown,
  state: { readonly call: KubeCall; readonly failures: number; readonly spentMs: number },
): number | undefined {
  if (error instanceof KubeError && error.status === 429) {
    const waitMs = Number.isFinite(error.retryAfterMs) ? error.retryAfterMs : 1_000;
    return state.spentMs + waitMs > THROTTLED_MS ? undefined : waitMs;
  }
  const isPassing = SandpodError.isInstance(error) && error.code === 'transport' && error.isRetryable;
  const isRepeatable = state.call.verb !== 'create' && state.call.subresource !== 'exec';
  return isPassing && isRepeatable ? PAUSES_MS[state.failures] : undefined;
}
