import type { V1Job, V1JobList } from '@kubernetes/client-node';
import type { KubeClient } from '../client/kube-client.ts';
import { RESOURCE } from '../client/resources.ts';
import { ANNOTATION, LABEL, sandboxLabelsOf, selectorOf, withLabels } from '../manifest/labels.ts';

/** The state of a lease when it was read. */
export interface Lease {
  /** The name of the Job, and of the pod that it owns. */
  readonly objectName: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** The sandbox's id. */
  readonly id: string;
  /** The caller's name for the sandbox. */
  readonly sandboxName: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly isClaimable: boolean;
  /** Identifies the claim, or the takeover of a kept pod, that set the current owner. */
  readonly claim: string | undefined;
  /** True if the cluster is deleting the lease. */
  readonly isEnding: boolean;
  /** The time of the creation, in milliseconds since the epoch. All times in a lease come from the server's clock. */
  readonly createdMs: number;
  /** The time from which the deadline is counted: the Job's start time, or its creation time if the Job has not started. */
  readonly startedMs: number;
  /** The expiry; undefined if the sandbox never expires. */
  readonly expiresMs: number | undefined;
}

export interface FindLeases {
  readonly namespace: string;
  readonly id?: string | undefined;
  readonly sandboxName?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** Returns the leases in a namespace that match all of the given options. */
export async function listLeases(client: KubeClient, options: FindLeases): Promise<Lease[]> {
  const { namespace, id, sandboxName, labels, abortSignal } = options;
  const selectors = [
    withLabels(selectorOf('lease'), labels),
    ...(id === undefined ? [] : [`${LABEL.id}=${id}`]),
    ...(sandboxName === undefined ? [] : [`${LABEL.name}=${sandboxName}`]),
  ];
  const call = { ...RESOURCE.jobs, verb: 'list', namespace } as const;
  const { items } = await client.json<V1JobList>({ call, query: { labelSelector: selectors.join(',') }, abortSignal });
  return items.map(readLease);
}

/** Reads a lease Job. */
export function readLease({ metadata = {}, spec, status }: V1Job): Lease {
  const { name = '', uid = '', resourceVersion = '', labels = {}, annotations = {} } = metadata;
  const createdMs = timeOf(metadata.creationTimestamp) ?? 0;
  const startedMs = timeOf(status?.startTime) ?? createdMs;
  const seconds = spec?.activeDeadlineSeconds;
  return {
    objectName: name,
    uid,
    resourceVersion,
    id: labels[LABEL.id] ?? name,
    sandboxName: labels[LABEL.name],
    labels: sandboxLabelsOf(labels),
    isClaimable: labels[LABEL.claimable] === 'true',
    claim: annotations[ANNOTATION.claim],
    isEnding: metadata.deletionTimestamp !== undefined,
    createdMs,
    startedMs,
    expiresMs: seconds === undefined ? undefined : startedMs + seconds * 1_000,
  };
}

function timeOf(time: Date | string | undefined): number | undefined {
  return time === undefined ? undefined : new Date(time).getTime();
}
