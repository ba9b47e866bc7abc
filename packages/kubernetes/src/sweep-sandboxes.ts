import type { V1Job, V1JobList, V1Pod } from '@kubernetes/client-node';
import type { SweepOptions, SweepReport } from '@sandpod/core';
import type { KubeClient } from './client/kube-client.ts';
import { RESOURCE } from './client/resources.ts';
import { infoOf, listPods } from './list-pods.ts';
import { deleteSandbox } from './pod/delete-sandbox.ts';
import { OURS } from './spec/labels.ts';

interface Candidate {
  readonly name: string;
  readonly createdMs: number;
  readonly expiresMs?: number;
  readonly state: 'starting' | 'running' | 'ended';
}

/** Removes our pods that have ended or expired, leases that have lost their pod, and what is older than asked for. */
export async function sweepSandboxes(client: KubeClient, options: SweepOptions & { readonly namespace: string }): Promise<SweepReport> {
  const { namespace, abortSignal } = options;
  const removed: string[] = [];
  const kept: string[] = [];
  const failed: { id: string; reason: string }[] = [];
  for (const candidate of await findCandidates(client, namespace)) {
    abortSignal?.throwIfAborted();
    const { name } = candidate;
    if (!isDue(candidate, options)) {
      kept.push(name);
      continue;
    }
    try {
      if (options.dryRun !== true) await deleteSandbox(client, { namespace, name });
      removed.push(name);
    } catch (error) {
      failed.push({ id: name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { removed, kept, failed };
}

async function findCandidates(client: KubeClient, namespace: string): Promise<Candidate[]> {
  const pods = await listPods(client, { namespace });
  const jobs = await client.json<V1JobList>({ call: { ...RESOURCE.jobs, verb: 'list', namespace }, query: { labelSelector: OURS } });
  const podNames = new Set(pods.map((pod) => pod.metadata?.name));
  const leases = jobs.items.filter((job) => !podNames.has(job.metadata?.name));
  return [...pods.map(candidateOf), ...leases.map(candidateOf)];
}

function candidateOf(object: V1Pod | V1Job): Candidate {
  const isPod = 'containers' in (object.spec ?? {});
  // A lease alone belongs to a pod that is about to be created, or to none any more.
  const info = infoOf(object as V1Pod);
  return {
    name: object.metadata?.name ?? '',
    createdMs: info.createdMs,
    ...(info.expiresMs === undefined ? {} : { expiresMs: info.expiresMs }),
    state: isPod ? info.state : 'starting',
  };
}

const STARTING_MS = 10 * 60_000;

function isDue(candidate: Candidate, options: SweepOptions): boolean {
  const ageMs = Date.now() - candidate.createdMs;
  if (options.olderThanMs !== undefined && ageMs >= options.olderThanMs) return true;
  if (candidate.state === 'ended' || Date.now() >= (candidate.expiresMs ?? Number.POSITIVE_INFINITY)) return true;
  return candidate.state === 'starting' && ageMs > STARTING_MS;
}
