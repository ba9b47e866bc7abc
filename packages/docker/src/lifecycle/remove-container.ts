import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import { statusOf, toSandpodError } from '../client/docker-error.ts';

/** Milliseconds that a start that failed waits for the removal of what the daemon was making. */
const CLEAN_UP_MS = 1_500;

/** Removes a container with all that runs in it; one that is gone already is no error. */
export async function removeContainer(container: Docker.Container): Promise<void> {
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    const status = statusOf(error);
    // 409: the daemon is removing it already.
    if (status !== 404 && status !== 409) throw toSandpodError(error, 'remove the container', 'transport');
  }
}

/** Has a container of a failed start removed, and waits a moment for it: the daemon may be what does not answer. Never rejects. */
export async function cleanUp(created: Promise<Docker.Container>): Promise<void> {
  const removed = created.then(removeContainer).catch(() => {});
  await Promise.race([removed, pause(CLEAN_UP_MS, undefined, { ref: false })]);
}
