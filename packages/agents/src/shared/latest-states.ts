import { setTimeout as sleep } from 'node:timers/promises';

export interface LatestStatesOptions<State> {
  /** Does the work, and calls `onChange` whenever the state has changed. */
  readonly run: (parts: { readonly abortSignal: AbortSignal; readonly onChange: () => void }) => Promise<void>;
  readonly snapshot: () => State;
  /** Milliseconds to wait between two states. */
  readonly intervalMs: () => number;
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * Yields the latest state of the work whenever it changes, and always yields the last state. A slow reader skips states but never delays
 * the work. If you leave the loop, the work is aborted, and the loop ends only after the work has ended.
 *
 * @throws the error that the work throws. After an abort, yields the last state and then throws the abort's reason.
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
    // Promise.race with `ended` would add a reaction to that promise for every state, and a run can have very many states.
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
