import type { SweepOptions, SweepReport } from '@sandpod/core';
import type Docker from 'dockerode';
import { removeContainer } from './docker-sandbox.ts';
import { infoOf, listContainers } from './list-containers.ts';

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

function isDue(container: Docker.ContainerInfo, options: SweepOptions): boolean {
  const { state, createdMs, expiresMs = Number.POSITIVE_INFINITY } = infoOf(container);
  const ageMs = Date.now() - createdMs;
  if (options.olderThanMs !== undefined && ageMs >= options.olderThanMs) return true;
  if (state === 'starting') return ageMs > STARTING_MS;
  return state === 'ended' || Date.now() >= expiresMs;
}
