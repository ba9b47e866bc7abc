import type { ExecSandbox } from '@sandpod/launcher';
import { pause } from '../client/pause.ts';

/** Milliseconds before the first attempt; no container starts faster. */
const FIRST_MS = 400;
/** Milliseconds between two attempts. */
const PAUSE_MS = 200;
/** The number of early attempts. If all fail, for example because an image must be pulled, the cluster's report is awaited. */
const TRIES = 5;

/**
 * Connects the first launcher to a starting pod. A container may run for up to a second before the cluster reports this, which is enough
 * time for the launcher and the network test.
 *
 * The function connects early only if the pod's name is new. A node keeps running the container of a deleted pod for a moment, and finds
 * containers by name, so an early connection could otherwise reach the old container.
 */
export async function connectEarly(
  sandbox: ExecSandbox,
  options: { readonly running: Promise<unknown>; readonly isNewName: boolean; readonly abortSignal: AbortSignal },
): Promise<void> {
  const { running, isNewName, abortSignal } = options;
  let isReported = false;
  const reported = running.then(() => {
    isReported = true;
  });
  await Promise.race([reported, pause(FIRST_MS, abortSignal)]);
  for (let tries = 0; isNewName && tries < TRIES && !isReported; tries += 1) {
    const isConnected = await sandbox.warm(abortSignal).then(
      () => true,
      () => false,
    );
    if (isConnected) return;
    await Promise.race([reported, pause(PAUSE_MS, abortSignal)]);
  }
  await reported;
  await sandbox.warm(abortSignal);
}
