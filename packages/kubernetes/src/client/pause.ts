import { setTimeout as wait } from 'node:timers/promises';

/** Waits. @throws the abort's reason if it is aborted. */
export async function pause(milliseconds: number, abortSignal?: AbortSignal): Promise<void> {
  try {
    await wait(milliseconds, undefined, { signal: abortSignal });
  } catch (error) {
    abortSignal?.throwIfAborted();
    throw error;
  }
}
