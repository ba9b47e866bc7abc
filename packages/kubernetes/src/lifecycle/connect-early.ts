import type { ExecSandbox } from '@sandpod/launcher';
import { pause } from '../client/pause.ts';

/** Milliseconds before the first attempt; no container runs earlier. */
const FIRST_MS = 400;
/** Milliseconds between two attempts. */
const PAUSE_MS = 200;
/** Attempts before this waits for the cluster's report, for example because an image must be pulled. */
const TRIES = 5;

/**
 * Connects the first launcher to a starting pod. A container runs up to a second before the cluster reports it, which is enough for the
 * launcher and the network test. Only for a new pod name: a node runs the container of a deleted pod for another moment, and finds it by
 * its name.
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
