import type Docker from 'dockerode';
import { statusOf, toSandpodError } from './client/docker-error.ts';

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
