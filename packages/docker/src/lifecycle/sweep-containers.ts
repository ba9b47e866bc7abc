import type { SweepOptions, SweepReport } from '@sandpod/core';
import { abortable, isDue, type SweepCandidate, sweepCandidates } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { infoOf, listContainers } from './list-containers.ts';
import { removeContainer } from './remove-container.ts';

/** Removes our containers that have ended or expired, or that are older than asked for. */
export async function sweepContainers(docker: Docker, options: SweepOptions): Promise<SweepReport> {
  const { abortSignal } = options;
  const containers = await abortable(listContainers(docker), abortSignal);
  const candidates = containers.map(
    (container): SweepCandidate => ({ ...infoOf(container), remove: () => abortable(remove(docker, container), abortSignal) }),
  );
  return sweepCandidates(candidates, options);
}

/**
 * Removes containers whose maker was killed before it could start them: nothing runs in them, so that they never end by themselves.
 *
 * Best effort: {@link sweepContainers} tells what it could not do, this does not.
 */
export async function removeNeverStarted(docker: Docker): Promise<void> {
  try {
    for (const container of await listContainers(docker, { status: 'created' })) {
      if (isDue(infoOf(container), {})) await remove(docker, container);
    }
  } catch {
    // The next sweep says why.
  }
}

function remove(docker: Docker, container: Docker.ContainerInfo): Promise<void> {
  return removeContainer(docker.getContainer(container.Id));
}
