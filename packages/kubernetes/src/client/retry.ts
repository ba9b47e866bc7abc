import { SandpodError } from '@sandpod/core';
import { type KubeCall, KubeError } from './kube-error.ts';
import { pause } from './pause.ts';

/** The longest total time that a request waits because of 429 responses. */
const THROTTLED_MS = 60_000;
/** The first pause after a 429 response, which doubles up to the longest. */
const THROTTLED_PAUSES_MS = { first: 200, longest: 1_000 } as const;
/** Pauses before a request other than a create is retried after a broken connection or a 5xx response. */
const PAUSES_MS = [200, 1_000, 3_000] as const;

/** Sends a request until it succeeds, or until a retry could do harm or cannot help. */
export async function retry<T>(
  options: {
    readonly call: KubeCall;
    readonly abortSignal?: AbortSignal | undefined;
    /** Called if the server rejects the credentials, which it checks first. Returns true if new credentials are available. */
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
 * The server answers 429 before it processes a request, so even a create can be sent again. After other failures, a request is sent again
 * only if a repetition does no harm. This includes an exec: if the connection of a launcher breaks, the launcher reads the end of its input
 * and exits. An error response to an exec is not retried, because it concerns the container and would stay the same.
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

/** Whether another attempt may help: there was no answer, or the server failed. */
export function isTransient(error: unknown): boolean {
  return SandpodError.isInstance(error) && error.code === 'transport' && error.isRetryable;
}
