import { setTimeout as wait } from 'node:timers/promises';

/** Waits for the given time. @throws the abort reason if the signal aborts. */
export async function pause(milliseconds: number, abortSignal?: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal: abortSignal });
  } catch (error) {
    abortSignal?.throwIfAborted();
    throw error;
  }
}
