import type { V1Job } from '@kubernetes/client-node';
import type { KubeClient } from '../client/kube-client.ts';
import { pause } from '../client/pause.ts';
import { RESOURCE } from '../client/resources.ts';
import { deleteObject } from './delete-sandbox.ts';
import { cannotUse, LOOK_EVERY_MS } from './find-living.ts';
import { findNamed, hasRole, type NamedPod } from './find-named.ts';

/** Milliseconds after which a lease without a pod counts as abandoned. */
const LEASE_ALONE_MS = 20_000;

/**
 * Deletes the lease that has the name if the lease was abandoned. Then waits briefly, because the pod of a lease that was not abandoned may
 * be about to be created.
 */
export async function freeName(client: KubeClient, options: NamedPod): Promise<void> {
  const { namespace, name, abortSignal } = options;
  const lease = await findNamed<V1Job>(client, { ...options, kind: 'jobs' });
  if (lease !== undefined && !hasRole(lease, 'lease'))
    throw cannotUse(options, 'a Job with that name is not a lease that sandpod created', 'Choose another podName.');
  const nowMs = client.serverTimeMs();
  const createdMs = new Date(lease?.metadata?.creationTimestamp ?? nowMs).getTime();
  if (nowMs - createdMs > LEASE_ALONE_MS)
    await deleteObject(client, { call: { ...RESOURCE.jobs, verb: 'delete', namespace, name }, uid: lease?.metadata?.uid });
  await pause(LOOK_EVERY_MS, abortSignal);
}
