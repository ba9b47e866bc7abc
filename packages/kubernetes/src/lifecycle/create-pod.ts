import { posix } from 'node:path';
import type { V1Pod } from '@kubernetes/client-node';
import type { OnProgress } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { hasOwnProcess } from '../manifest/container.ts';
import { type Instance, leaseJob } from '../manifest/lease-job.ts';
import { podSpec } from '../manifest/pod-spec.ts';
import { containerSpecOf } from '../manifest/sandbox-container.ts';
import { checkWorkspace } from '../options/check-workspace.ts';
import type { PodOptions } from '../options/pod-options.ts';
import { createObject } from './create-objects.ts';
import { findWorkdir } from './find-workdir.ts';

/** Makes the lease and the pod that it owns. @throws {SandpodError} with the cluster's own reason. */
export async function createPod(
  client: KubeClient,
  options: {
    readonly pod: PodOptions;
    readonly instance: Instance;
    /** The images' working directories that are known; filled in. */
    readonly workdirs: Map<string, string>;
    /** Settles when the policy that closes the pod is there. */
    readonly policy: Promise<unknown>;
    readonly onProgress?: OnProgress | undefined;
    readonly abortSignal: AbortSignal;
  },
): Promise<V1Pod> {
  const { pod, instance, workdirs, policy, onProgress, abortSignal } = options;
  const leasing = createObject(client, { kind: 'jobs', body: leaseJob(pod, instance), abortSignal });
  // Both are waited for also when one has failed: after a failure nothing may be on its way any more.
  await Promise.allSettled([leasing, policy]);
  await policy;
  const lease = await leasing;
  const plan = { ...instance, leaseUid: lease.metadata?.uid ?? '' };
  if (!posix.isAbsolute(pod.workspacePath) && !workdirs.has(pod.image)) {
    onProgress?.({ phase: 'starting', message: `Asking the image ${pod.image} for its working directory.` });
    workdirs.set(pod.image, await findWorkdir(client, { pod, plan, abortSignal }));
  }
  const workspace = posix.resolve(workdirs.get(pod.image) ?? '/', pod.workspacePath);
  checkWorkspace(pod.workspacePath, workspace);
  const body = podSpec(pod, { ...plan, workspace });
  // The shell's $0, by which the test of the network names its result; it is no part of the design.
  if (hasOwnProcess(pod)) containerSpecOf(body)?.command?.push(instance.attempt);
  return createObject<V1Pod>(client, { kind: 'pods', body, abortSignal });
}
