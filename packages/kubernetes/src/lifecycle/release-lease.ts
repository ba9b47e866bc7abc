import type { V1PodList } from '@kubernetes/client-node';
import type { KubeClient } from '../client/kube-client.ts';
import { RESOURCE } from '../client/resources.ts';
import { deleteSandbox, type SandboxObjects } from './delete-sandbox.ts';

/** Deletes the lease of a pod that somebody deleted; it would keep the pod's name. A pod that ended otherwise stays to be looked at. */
export async function releaseLease(client: KubeClient, objects: SandboxObjects): Promise<void> {
  const { namespace, name, uid, leaseUid } = objects;
  const call = { ...RESOURCE.pods, verb: 'list', namespace } as const;
  const { items } = await client.json<V1PodList>({ call, query: { fieldSelector: `metadata.name=${name}` } });
  const isThere = items.some(({ metadata }) => metadata?.uid === uid && metadata?.deletionTimestamp === undefined);
  if (!isThere) await deleteSandbox(client, { namespace, name, uid: undefined, leaseUid });
}
