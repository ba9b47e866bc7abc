import { setTimeout as wait } from 'node:timers/promises';

/** Waits; an abort ends it with the abort's own reason. */
export async function pause(milliseconds: number, abortSignal?: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal: abortSignal });
  } catch (error) {
    abortSignal?.throwIfAborted();
    throw error;
  }
}
