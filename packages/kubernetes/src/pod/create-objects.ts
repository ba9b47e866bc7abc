import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { KubeError } from '../client/kube-error.ts';
import { RESOURCE } from '../client/resources.ts';
import type { PodOptions } from '../kubernetes-options.ts';
import { type Instance, leaseJob } from '../spec/lease-job.ts';
import { denyAllPolicy } from '../spec/network-policy.ts';
import { podSpec } from '../spec/pod-spec.ts';

/** Makes the policy that closes sandboxes where the namespace does not have it. */
export async function ensurePolicy(client: KubeClient, namespace: string, abortSignal: AbortSignal): Promise<void> {
  try {
    await client.json({ call: { ...RESOURCE.networkPolicies, verb: 'create', namespace }, body: denyAllPolicy(namespace), abortSignal });
  } catch (error) {
    if (!(error instanceof KubeError && error.kubeReason === 'AlreadyExists')) throw error;
  }
}

/** Makes the lease and the pod that it owns. @throws {SandpodError} with the cluster's own reason. */
export async function createObjects(
  client: KubeClient,
  options: { readonly pod: PodOptions; readonly instance: Instance; readonly abortSignal: AbortSignal },
): Promise<V1Pod> {
  const { pod, instance, abortSignal } = options;
  const { namespace } = instance;
  try {
    const lease = await client.json<V1Job>({ call: { ...RESOURCE.jobs, verb: 'create', namespace }, body: leaseJob(pod, instance), abortSignal });
    const body = podSpec(pod, { ...instance, leaseUid: lease.metadata?.uid ?? '' });
    return await client.json<V1Pod>({ call: { ...RESOURCE.pods, verb: 'create', namespace }, body, abortSignal });
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    if (error.kubeReason === 'AlreadyExists') {
      throw new SandpodError({ code: 'sandbox-exists', message: `A sandbox named ${instance.name} exists in namespace ${namespace}.`, cause: error });
    }
    throw new SandpodError({ code: 'start-failed', message: error.message, advice: error.advice, isRetryable: error.isRetryable, cause: error });
  }
}
