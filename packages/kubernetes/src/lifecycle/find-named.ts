import type { V1Job, V1ObjectMeta, V1Pod } from '@kubernetes/client-node';
import type { KubeClient } from '../client/kube-client.ts';
import { RESOURCE } from '../client/resources.ts';
import { LABEL, MANAGED_BY, ROLE } from '../manifest/labels.ts';
import { deleteSandbox, uidsOf } from './delete-sandbox.ts';

export interface NamedPod {
  readonly namespace: string;
  readonly name: string;
  readonly abortSignal: AbortSignal;
}

/** Finds the object that has the name, even if sandpod did not create it. */
export async function findNamed<T extends V1Pod | V1Job>(
  client: KubeClient,
  options: NamedPod & { readonly kind: 'pods' | 'jobs' },
): Promise<T | undefined> {
  const { namespace, name, kind, abortSignal } = options;
  const call = { ...RESOURCE[kind], verb: 'list', namespace } as const;
  const query = { fieldSelector: `metadata.name=${name}` };
  return (await client.json<{ items: T[] }>({ call, query, abortSignal })).items[0];
}

/** Returns true if sandpod created the object and the object has this role. */
export function hasRole({ metadata }: { readonly metadata?: V1ObjectMeta }, role: keyof typeof ROLE): boolean {
  const { labels = {} } = metadata ?? {};
  return labels[LABEL.managedBy] === MANAGED_BY && labels[LABEL.id] !== undefined && labels[LABEL.role] === ROLE[role];
}

/** Removes the pod that has the name, regardless of its options. A pod that sandpod did not create is not removed. */
export async function removeNamed(client: KubeClient, options: NamedPod): Promise<void> {
  const { namespace, name } = options;
  const pod = await findNamed<V1Pod>(client, { ...options, kind: 'pods' });
  if (pod === undefined || !hasRole(pod, 'sandbox')) return;
  await deleteSandbox(client, { namespace, name, ...uidsOf(pod), abortSignal: options.abortSignal });
}
