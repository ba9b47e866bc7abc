import { setTimeout as pause } from 'node:timers/promises';
import { SandpodError } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { statusOf, toSandpodError } from '../client/docker-error.ts';

/** The maximum time for which a failed start waits for the removal of its container, in milliseconds. */
const CLEAN_UP_MS = 1_500;
/**
 * The number of attempts to remove a container, and the milliseconds between them. The daemon may be busy with the container, for example
 * because it is restarting it.
 */
const ATTEMPTS = 10;
const TRY_AGAIN_MS = 200;
/** Time limit for the removal of a sandbox, in milliseconds. A container that is not removed ends by itself when it expires. */
const REMOVAL_MS = 15_000;

/** Kills and removes a container. It is not an error if the container is already gone or being removed. */
export async function removeContainer(container: Docker.Container): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await container.remove({ force: true, v: true });
    } catch (error) {
      if (statusOf(error) === 404 || isBeingRemoved(error)) return;
      if (statusOf(error) !== 409 || attempt === ATTEMPTS) throw toSandpodError(error, 'remove the container', 'transport');
    }
    await pause(TRY_AGAIN_MS);
  }
}

/** Like {@link removeContainer}, but with a time limit, for callers that must not wait if the daemon does not answer. */
export async function removeSoon(container: Docker.Container, withinMs: number = REMOVAL_MS): Promise<void> {
  const deadline = AbortSignal.timeout(withinMs);
  try {
    await abortable(removeContainer(container), deadline);
  } catch (cause) {
    if (!deadline.aborted) throw cause;
    throw new SandpodError({
      code: 'transport',
      message: `The Docker daemon did not confirm the removal of the container ${container.id.slice(0, 12)} within ${withinMs} ms.`,
      advice: 'Try again when the daemon answers. Otherwise, the container ends when it expires.',
      cause,
    });
  }
}

/** Returns true if the container is already being removed. The daemon also answers 409 for other conflicts. */
function isBeingRemoved(error: unknown): boolean {
  return statusOf(error) === 409 && /already in progress/.test((error as Error).message);
}

/** Removes the container of a failed start. Waits only briefly, because the daemon may not be responding. Never rejects. */
export async function cleanUp(created: Promise<Docker.Container>): Promise<void> {
  const removed = created.then(removeContainer).catch(() => {});
  await Promise.race([removed, pause(CLEAN_UP_MS, undefined, { ref: false })]);
}
