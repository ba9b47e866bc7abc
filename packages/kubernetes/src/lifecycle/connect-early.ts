import type { ExecSandbox } from '@sandpod/launcher';
import { pause } from '../client/pause.ts';

/** Milliseconds before the first attempt; no container runs earlier. */
const FIRST_MS = 400;
/** Milliseconds between two attempts. */
const PAUSE_MS = 200;
/** Attempts before the report is waited for, as when an image must be pulled. */
const TRIES = 5;

/**
 * Connects the first launcher to a pod that is starting: a container runs up to a second before the cluster reports it, time
 * in which the launcher and the test of the network can be done. Only for a name that nobody had before: a node goes on to
 * run the container of a removed pod for a moment, and knows it by its name.
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
