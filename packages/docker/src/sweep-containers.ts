import type { SweepOptions, SweepReport } from '@sandpod/core';
import type Docker from 'dockerode';
import { infoOf, listContainers } from './list-containers.ts';
import { removeContainer } from './remove-container.ts';

/** A container that is being created is younger than this. */
const STARTING_MS = 10 * 60_000;

/** Removes our containers that have ended or expired, or that are older than asked for. */
export async function sweepContainers(docker: Docker, options: SweepOptions): Promise<SweepReport> {
  const removed: string[] = [];
  const kept: string[] = [];
  const failed: { id: string; reason: string }[] = [];
  for (const container of await listContainers(docker)) {
    options.abortSignal?.throwIfAborted();
    const { id } = infoOf(container);
    if (!isDue(container, options)) {
      kept.push(id);
      continue;
    }
    try {
      if (options.dryRun !== true) await removeContainer(docker.getContainer(container.Id));
      removed.push(id);
    } catch (error) {
      failed.push({ id, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { removed, kept, failed };
}

/**
 * Removes containers whose maker was killed before it could start them: nothing runs in them, so that they never end by themselves.
 *
 * Best effort: {@link sweepContainers} tells what it could not do, this does not.
 */
export async function removeNeverStarted(docker: Docker): Promise<void> {
  try {
    for (const container of await listContainers(docker, { status: 'created' })) {
      if (isDue(container, {})) await removeContainer(docker.getContainer(container.Id));
    }
  } catch {
    // The next sweep says why.
  }
}

function isDue(container: Docker.ContainerInfo, options: SweepOptions): boolean {
  const { state, createdMs, expiresMs = Number.POSITIVE_INFINITY } = infoOf(container);
  const ageMs = Date.now() - createdMs;
  if (options.olderThanMs !== undefined && ageMs >= options.olderThanMs) return true;
  if (Date.now() >= expiresMs || state === 'ended') return true;
  return state === 'starting' && ageMs > STARTING_MS;
}
