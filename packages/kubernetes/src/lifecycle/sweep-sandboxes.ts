import type { SweepOptions, SweepReport } from '@sandpod/core';
import { abortable, type SweepCandidate, sweepCandidates } from '@sandpod/core/backend';
import type { KubeClient } from '../client/kube-client.ts';
import { deleteSandbox, uidsOf } from './delete-sandbox.ts';
import { readSandboxes } from './list-sandboxes.ts';
import { createdMs, stateOf } from './sandbox-info.ts';

/** Removes sandboxes that have ended or expired, leases that have lost their pod, and sandboxes that are older than `olderThanMs`. */
export async function sweepSandboxes(client: KubeClient, options: SweepOptions & { readonly namespace: string }): Promise<SweepReport> {
  return sweepCandidates(await findCandidates(client, options), options);
}

interface Scope {
  readonly namespace: string;
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * Finds the candidates for a sweep. Converts the server's times to this process's clock, which may be wrong, because a sweep compares the
 * times with that clock.
 */
async function findCandidates(client: KubeClient, { namespace, abortSignal }: Scope): Promise<SweepCandidate[]> {
  const { leased, leasesAlone, podsAlone } = await readSandboxes(client, { namespace, abortSignal });
  const aheadMs = client.serverTimeMs() - Date.now();
  const found = [
    ...leased.map(({ pod, lease }) => ({ pod, lease, state: stateOf(pod) })),
    // The pod of such a lease does not exist yet, or was deleted.
    ...leasesAlone.map((lease) => ({ pod: undefined, lease, state: 'starting' as const })),
    ...podsAlone.map((pod) => ({ pod, lease: undefined, state: stateOf(pod) })),
  ];
  return found.map(({ pod, lease, state }) => {
    const name = pod?.metadata?.name ?? lease?.objectName ?? '';
    const uids = { uid: pod === undefined ? undefined : uidsOf(pod).uid, leaseUid: lease?.uid };
    return {
      id: name,
      state,
      createdMs: (pod === undefined ? (lease?.createdMs ?? 0) : createdMs(pod)) - aheadMs,
      ...(lease?.expiresMs === undefined ? {} : { expiresMs: lease.expiresMs - aheadMs }),
      remove: () => abortable(deleteSandbox(client, { namespace, name, ...uids }), abortSignal),
    };
  });
}
