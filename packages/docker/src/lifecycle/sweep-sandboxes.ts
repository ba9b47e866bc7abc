import type { SweepOptions, SweepReport } from '@sandpod/core';
import { abortable, isDue, type SweepCandidate, sweepCandidates } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { describeSandboxes, infoOf, type ListedSandbox } from './describe-sandboxes.ts';
import { listContainers } from './list-containers.ts';
import { removeContainer } from './remove-container.ts';

const NO_ANSWER =
  'The keeper of the container did not answer, so the expiry is unknown. The container was kept. If it is running, it ends by itself when it expires.';

/** Removes containers that have ended or expired, or that are older than `olderThanMs`. */
export async function sweepSandboxes(docker: Docker, options: SweepOptions): Promise<SweepReport> {
  const { abortSignal } = options;
  const listed = await Array.fromAsync(describeSandboxes(docker, { abortSignal }));
  const report = await sweepCandidates(
    listed.map((each) => candidateOf(each, () => abortable(remove(docker, each.container), abortSignal))),
    options,
  );
  const unknown = new Set(listed.filter(isOverdueByLabel).map(({ info }) => info.id));
  const silent = report.kept.filter((id) => unknown.has(id));
  return {
    ...report,
    kept: report.kept.filter((id) => !unknown.has(id)),
    failed: [...report.failed, ...silent.map((id) => ({ id, reason: NO_ANSWER }))],
  };
}

/**
 * Creates a candidate for the sweep. Omits the expiry of a running container if it comes only from the label, because the expiry may have
 * been extended.
 */
function candidateOf({ info, isExpiryKnown }: ListedSandbox, removeIt: () => Promise<void>): SweepCandidate {
  const { expiresMs, ...rest } = info;
  return { ...rest, ...(isExpiryKnown && expiresMs !== undefined && { expiresMs }), remove: removeIt };
}

function isOverdueByLabel({ info, isExpiryKnown }: ListedSandbox): boolean {
  return !isExpiryKnown && isDue(info, {});
}

/**
 * Removes containers whose client was killed before it could start them. Nothing runs in them, so they never end by themselves.
 *
 * Failures are ignored; {@link sweepSandboxes} reports them.
 */
export async function removeNeverStarted(docker: Docker): Promise<void> {
  try {
    for (const container of await listContainers(docker, { status: 'created' })) {
      if (isDue(infoOf(container), {})) await remove(docker, container);
    }
  } catch {
    // The next sweep reports the reason.
  }
}

function remove(docker: Docker, container: Docker.ContainerInfo): Promise<void> {
  return removeContainer(docker.getContainer(container.Id));
}
