import { SandpodError } from '@sandpod/core';
import { type KubeCall, KubeError } from './kube-error.ts';
import { pause } from './pause.ts';

/** The maximum total time that a request waits because of 429 responses, in milliseconds. */
const THROTTLED_MS = 60_000;
/** The first and the longest pause after 429 responses, in milliseconds. The pause doubles after each 429 response. */
const THROTTLED_PAUSES_MS = { first: 200, longest: 1_000 } as const;
/** Pauses in milliseconds before each retry after a broken connection or a 5xx response. A create is not retried in these cases. */
const PAUSES_MS = [200, 1_000, 3_000] as const;

/** Sends a request until it succeeds. Stops if a retry could do harm or cannot help. */
export async function retry<T>(
  options: {
    readonly call: KubeCall;
    readonly abortSignal?: AbortSignal | undefined;
    /**
     * Called if the server rejects the credentials, which the server checks before it does anything else. Returns true if new credentials
     * are available.
     */
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
 * Returns the milliseconds to wait before a failed request is sent again, or undefined if it must not be sent again.
 *
 * The server answers 429 before it processes a request, so even a create can be sent again. After other failures, a request is sent again
 * only if a repetition does no harm. This includes an exec: if the connection of a launcher breaks, the launcher reads the end of its input
 * and exits. An error response to an exec is not retried, because its cause is in the container, so a retry would get the same response.
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

/** Returns true if another attempt may help, because there was no response or the server failed. */
export function isTransient(error: unknown): boolean {
  return SandpodError.isInstance(error) && error.code === 'transport' && error.isRetryable;
}
