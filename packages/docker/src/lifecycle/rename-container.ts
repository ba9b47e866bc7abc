import type Docker from 'dockerode';
import { statusOf, toSandpodError } from '../client/docker-error.ts';

/** Renames a container. Returns false if another container has the name. @throws {SandpodError} `transport`. */
export async function renameContainer(container: Docker.Container, name: string): Promise<boolean> {
  try {
    await container.rename({ name });
    return true;
  } catch (error) {
    if (statusOf(error) === 409) return false;
    throw toSandpodError(error, `rename the container to ${name}`, 'transport');
  }
}
