import type { V1JobList, V1ObjectMeta, V1Pod, V1PodList } from '@kubernetes/client-node';
import type { KubeClient } from '../client/kube-client.ts';
import { type KubeCall, KubeError } from '../client/kube-error.ts';
import { RESOURCE } from '../client/resources.ts';
import { ANNOTATION, LABEL } from '../manifest/labels.ts';
import type { Instance } from '../manifest/lease-job.ts';

/** The objects of one sandbox. An object without a known uid may belong to someone else, so it is not deleted. */
export interface SandboxObjects {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string | undefined;
  readonly leaseUid: string | undefined;
}

/** Time limit for the removal of a sandbox, in milliseconds. If the API server does not answer, the sandbox ends when its lease expires. */
const REMOVAL_MS = 5_000;

/** Returns the time limit for the removal of a pod, and the message and advice for a removal that takes longer. */
export function removal(podName: string): { readonly ms: number; readonly message: string; readonly advice: string } {
  return {
    ms: REMOVAL_MS,
    message: `The API server did not confirm the removal of the pod ${podName}`,
    advice: 'Try again when the API server answers. Otherwise, the cluster removes the pod when its sandbox expires.',
  };
}

interface Abortable {
  /** An abort ends the requests. It is then unknown whether the objects were deleted. */
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * Deletes a sandbox's pod and its lease immediately. When the lease is deleted, the cluster also deletes everything else that the lease
 * owns.
 *
 * It is not an error if the objects no longer exist. A new object with the same name is not deleted.
 */
export async function deleteSandbox(client: KubeClient, objects: SandboxObjects & Abortable): Promise<void> {
  const { namespace, name, uid, leaseUid, abortSignal } = objects;
  const pod = { ...RESOURCE.pods, verb: 'delete', namespace, name } as const;
  const lease = { ...RESOURCE.jobs, verb: 'delete', namespace, name } as const;
  await Promise.all([
    uid === undefined ? undefined : deleteObject(client, { call: pod, gracePeriodSeconds: 0, uid, abortSignal }),
    leaseUid === undefined ? undefined : deleteObject(client, { call: lease, uid: leaseUid, abortSignal }),
  ]);
}

/** Returns the uids of a pod and of the lease that owns it. */
export function uidsOf({ metadata }: V1Pod): { readonly uid: string | undefined; readonly leaseUid: string | undefined } {
  // A Job that runs a pod is the pod's controller; a lease never is.
  const lease = metadata?.ownerReferences?.find(({ kind, controller }) => kind === 'Job' && controller !== true);
  return { uid: metadata?.uid, leaseUid: lease?.uid };
}

/**
 * Deletes the objects that one start has created, even if the response to a creation was lost. Does not delete other objects with the same
 * name, or a sandbox that another process has claimed in the meantime.
 */
export async function deleteAttempt(client: KubeClient, instance: Instance): Promise<void> {
  const { namespace, id, attempt } = instance;
  const query = { labelSelector: `${LABEL.id}=${id}` };
  const [jobs, pods] = await Promise.all([
    client.json<V1JobList>({ call: { ...RESOURCE.jobs, verb: 'list', namespace }, query }),
    client.json<V1PodList>({ call: { ...RESOURCE.pods, verb: 'list', namespace }, query }),
  ]);
  const isOfAttempt = ({ metadata }: { readonly metadata?: V1ObjectMeta }): boolean =>
    metadata?.annotations?.[ANNOTATION.attempt] === attempt;
  if (jobs.items.some((job) => isOfAttempt(job) && job.metadata?.annotations?.[ANNOTATION.claim] !== undefined)) return;
  const calls = [
    ...pods.items.filter(isOfAttempt).map(({ metadata }) => ({ resource: RESOURCE.pods, metadata, gracePeriodSeconds: 0 })),
    ...jobs.items.filter(isOfAttempt).map(({ metadata }) => ({ resource: RESOURCE.jobs, metadata })),
  ];
  await Promise.all(
    calls.map(({ resource, metadata, ...rest }) =>
      deleteObject(client, { ...rest, call: { ...resource, verb: 'delete', namespace, name: metadata?.name ?? '' }, uid: metadata?.uid }),
    ),
  );
}

export async function deleteObject(
  client: KubeClient,
  options: { readonly call: KubeCall; readonly gracePeriodSeconds?: number; readonly uid?: string | undefined } & Abortable,
): Promise<void> {
  const { call, gracePeriodSeconds, uid, abortSignal } = options;
  const body = {
    propagationPolicy: 'Background',
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(uid === undefined ? {} : { preconditions: { uid } }),
  };
  try {
    await client.json({ call, body, abortSignal });
  } catch (error) {
    const isGone = error instanceof KubeError && (error.status === 404 || (error.status === 409 && uid !== undefined));
    if (!isGone) throw error;
  }
}
