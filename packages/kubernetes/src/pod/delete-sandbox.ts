import type { KubeClient } from '../client/kube-client.ts';
import { type KubeCall, KubeError } from '../client/kube-error.ts';
import { RESOURCE } from '../client/resources.ts';

/** Deletes a sandbox's pod at once and its lease, and with that whatever else the lease owns. What is gone already is no error. */
export async function deleteSandbox(client: KubeClient, place: { readonly namespace: string; readonly name: string }): Promise<void> {
  const { namespace, name } = place;
  await Promise.all([
    deleteObject(client, { call: { ...RESOURCE.pods, verb: 'delete', namespace, name }, gracePeriodSeconds: 0 }),
    deleteObject(client, { call: { ...RESOURCE.jobs, verb: 'delete', namespace, name } }),
  ]);
}

async function deleteObject(client: KubeClient, options: { readonly call: KubeCall; readonly gracePeriodSeconds?: number }): Promise<void> {
  const { call, gracePeriodSeconds } = options;
  const body = { propagationPolicy: 'Background', ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }) };
  try {
    await client.json({ call, body });
  } catch (error) {
    if (!(error instanceof KubeError && error.status === 404)) throw error;
  }
}
