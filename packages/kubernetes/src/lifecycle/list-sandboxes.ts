import type { V1Pod, V1PodList } from '@kubernetes/client-node';
import type { KubeClient } from '../client/kube-client.ts';
import { pause } from '../client/pause.ts';
import { RESOURCE } from '../client/resources.ts';
import { LABEL, selectorOf, withLabels } from '../manifest/labels.ts';
import { isRunning } from '../sandbox/pod-status.ts';
import { uidsOf } from './delete-sandbox.ts';
import { type FindLeases, type Lease, listLeases } from './leases.ts';
import { stateOf } from './sandbox-info.ts';

/** A sandbox's pod and the lease that owns the pod. */
export interface LeasedPod {
  readonly pod: V1Pod;
  readonly lease: Lease;
}

/** The pods and leases in a namespace. */
export interface ClusterState {
  readonly leased: readonly LeasedPod[];
  /** Leases without a pod, because the pod does not exist yet or was deleted. */
  readonly leasesAlone: readonly Lease[];
  /** Pods without a lease, which the cluster is about to delete. */
  readonly podsAlone: readonly V1Pod[];
}

/** Reads the pods and leases of all sandboxes that match the options. */
export async function readSandboxes(client: KubeClient, options: FindLeases): Promise<ClusterState> {
  const { namespace, labels, abortSignal } = options;
  const call = { ...RESOURCE.pods, verb: 'list', namespace } as const;
  // Pods are read first, because a lease exists before its pod.
  const pods = await client.json<V1PodList>({ call, query: { labelSelector: withLabels(selectorOf('sandbox'), labels) }, abortSignal });
  const leases = new Map((await listLeases(client, options)).map((lease) => [lease.uid, lease]));
  const owned = pods.items.map((pod) => ({ pod, lease: leases.get(uidsOf(pod).leaseUid ?? '') }));
  const owners = new Set(owned.map(({ lease }) => lease));
  return {
    leased: owned.flatMap(({ pod, lease }) => (lease === undefined ? [] : [{ pod, lease }])),
    leasesAlone: [...leases.values()].filter((lease) => !owners.has(lease)),
    podsAlone: owned.filter(({ lease }) => lease === undefined).map(({ pod }) => pod),
  };
}

/** Milliseconds within which the cluster reports a usable pod as running. */
const REPORTED_WITHIN_MS = 3_000;
const LOOK_EVERY_MS = 100;

/**
 * Finds the running pod of a sandbox. If the cluster does not report the pod as running yet, waits briefly. Returns undefined if there is
 * no running pod.
 */
export async function findRunning(
  client: KubeClient,
  options: { readonly namespace: string; readonly abortSignal?: AbortSignal | undefined } & Pick<FindLeases, 'id' | 'sandboxName'>,
): Promise<LeasedPod | undefined> {
  const untilMs = performance.now() + REPORTED_WITHIN_MS;
  for (;;) {
    const found = await findOne(client, options);
    if (found === undefined || isRunning(found.pod)) return found;
    const { pod } = found;
    if (stateOf(pod) === 'ended' || pod.metadata?.deletionTimestamp !== undefined || performance.now() > untilMs) return undefined;
    await pause(LOOK_EVERY_MS, options.abortSignal);
  }
}

async function findOne(client: KubeClient, options: FindLeases): Promise<LeasedPod | undefined> {
  const lease = (await listLeases(client, options)).find(({ isEnding }) => !isEnding);
  return lease === undefined ? undefined : findPod(client, { ...options, lease });
}

/** Returns the pod together with the lease that owns it, or undefined if the lease is gone. */
export async function withLease(
  client: KubeClient,
  options: { readonly namespace: string; readonly pod: V1Pod; readonly abortSignal?: AbortSignal | undefined },
): Promise<LeasedPod | undefined> {
  const { namespace, pod, abortSignal } = options;
  const { leaseUid } = uidsOf(pod);
  const lease = (await listLeases(client, { namespace, id: pod.metadata?.labels?.[LABEL.id], abortSignal })).find(
    ({ uid }) => uid === leaseUid,
  );
  return lease === undefined ? undefined : { pod, lease };
}

/** Finds the pod that a lease owns. */
async function findPod(
  client: KubeClient,
  options: { readonly namespace: string; readonly lease: Lease; readonly abortSignal?: AbortSignal | undefined },
): Promise<LeasedPod | undefined> {
  const { namespace, lease, abortSignal } = options;
  const call = { ...RESOURCE.pods, verb: 'list', namespace } as const;
  const query = { fieldSelector: `metadata.name=${lease.objectName}` };
  const { items } = await client.json<V1PodList>({ call, query, abortSignal });
  const pod = items.find((each) => uidsOf(each).leaseUid === lease.uid);
  return pod === undefined ? undefined : { pod, lease };
}
