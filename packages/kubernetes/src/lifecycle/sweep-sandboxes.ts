import type { V1JobList } from '@kubernetes/client-node';
import type { SweepOptions, SweepReport } from '@sandpod/core';
import { abortable, type SweepCandidate, sweepCandidates } from '@sandpod/core/backend';
import type { KubeClient } from '../client/kube-client.ts';
import { RESOURCE } from '../client/resources.ts';
import { selectorOf } from '../manifest/labels.ts';
import { deleteSandbox, uidsOf } from './delete-sandbox.ts';
import { infoOf, listPods } from './list-pods.ts';

/** Removes our pods that have ended or expired, leases that have lost their pod, and what is older than asked for. */
export async function sweepSandboxes(client: KubeClient, options: SweepOptions & { readonly namespace: string }): Promise<SweepReport> {
  return sweepCandidates(await findCandidates(client, options), options);
}

interface Scope {
  readonly namespace: string;
  readonly abortSignal?: AbortSignal | undefined;
}

async function findCandidates(client: KubeClient, { namespace, abortSignal }: Scope): Promise<SweepCandidate[]> {
  const pods = await listPods(client, { namespace, abortSignal });
  const call = { ...RESOURCE.jobs, verb: 'list', namespace } as const;
  const jobs = await client.json<V1JobList>({ call, query: { labelSelector: selectorOf('lease') }, abortSignal });
  const candidates = pods.map((pod) => ({ object: pod, uids: uidsOf(pod) }));
  const owners = new Set(candidates.map(({ uids }) => uids.leaseUid));
  // A lease alone belongs to a pod that is about to be created, or to none any more.
  const leases = jobs.items
    .filter(({ metadata }) => !owners.has(metadata?.uid))
    .map(({ metadata = {} }) => ({ object: { metadata }, uids: { uid: undefined, leaseUid: metadata.uid } }));
  return [...candidates, ...leases].map(({ object, uids }) => {
    const name = object.metadata?.name ?? '';
    return { ...infoOf(object), id: name, remove: () => abortable(deleteSandbox(client, { namespace, name, ...uids }), abortSignal) };
  });
}
