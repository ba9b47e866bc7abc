import { setTimeout as sleep } from 'node:timers/promises';

export interface LatestStatesOptions<State> {
  /** Does the work; calls `onChange` when there is something new to see. */
  readonly run: (parts: { readonly abortSignal: AbortSignal; readonly onChange: () => void }) => Promise<void>;
  readonly snapshot: () => State;
  /** Milliseconds to wait after a state was seen, before the next one. */
  readonly intervalMs: () => number;
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * The latest state of some work, again and again, the last one in any case. A slow reader misses states but never holds up the work.
 * Leaving the loop aborts the work and waits for its end.
 *
 * @throws what the work throws; the abort's reason, after the last state, when it was aborted.
 */
export async function* latestStates<State>(options: LatestStatesOptions<State>): AsyncGenerator<State, void, void> {
  const leaving = new AbortController();
  const abortSignal = options.abortSignal ? AbortSignal.any([options.abortSignal, leaving.signal]) : leaving.signal;
  let changed = Promise.withResolvers<void>();
  const running = options.run({ abortSignal, onChange: () => changed.resolve() });
  const over = new AbortController();
  const end = (): void => {
    over.abort();
    changed.resolve();
  };
  const ended = running.then(end, end);
  try {
    // No race with the end itself: each would be remembered by it, and a run may have very many states.
    for (await changed.promise; !over.signal.aborted; await changed.promise) {
      changed = Promise.withResolvers();
      yield options.snapshot();
      await sleep(options.intervalMs(), undefined, { signal: over.signal }).catch(() => {});
    }
    await running;
    yield options.snapshot();
    options.abortSignal?.throwIfAborted();
  } finally {
    leaving.abort();
    await ended;
  }
}
