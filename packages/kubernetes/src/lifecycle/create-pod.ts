import { posix } from 'node:path';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { CreateOptions } from '@sandpod/core';
import { hasOwnProcess } from '../manifest/container.ts';
import { type Instance, leaseJob } from '../manifest/lease-job.ts';
import { type PodPlan, podSpec } from '../manifest/pod-spec.ts';
import { containerSpecOf } from '../manifest/sandbox-container.ts';
import { checkWorkspace } from '../options/check-workspace.ts';
import { createObject } from './create-objects.ts';
import { findWorkdir } from './find-workdir.ts';
import { readLease } from './leases.ts';
import type { LeasedPod } from './list-sandboxes.ts';
import type { Machinery } from './machinery.ts';
import { reserveName } from './reserve-name.ts';

export interface CreatePodOptions extends Pick<CreateOptions, 'onProgress'> {
  readonly instance: Instance;
  /** Resolves when the policy that closes the pod's network exists. */
  readonly policy: Promise<unknown>;
  readonly abortSignal: AbortSignal;
}

/** Creates the lease, reserves the caller's name, and creates the pod. @throws {SandpodError} with the cluster's reason. */
export async function createPod(machinery: Machinery, creating: CreatePodOptions): Promise<LeasedPod> {
  const { client, options } = machinery;
  const { instance, policy, abortSignal } = creating;
  const leasing = createObject<V1Job>(client, { kind: 'jobs', body: leaseJob(options, instance), abortSignal });
  // If one request fails, wait for the other too, so that no request is still in progress after a failure.
  await Promise.allSettled([leasing, policy]);
  await policy;
  const lease = readLease(await leasing);
  const { id, attempt, sandboxName } = instance;
  if (sandboxName !== undefined) await reserveName(machinery, { sandboxName, id, lease, attempt, abortSignal });
  const plan = { ...instance, leaseUid: lease.uid };
  const body = podSpec(options, { ...plan, workspace: await workspaceOf(machinery, { ...creating, plan }) });
  // The shell's $0, which the network test uses in the name of its result file. The fingerprint does not include it.
  if (hasOwnProcess(options)) containerSpecOf(body)?.command?.push(attempt);
  return { lease, pod: await createObject<V1Pod>(client, { kind: 'pods', body, abortSignal }) };
}

async function workspaceOf(
  { client, options, workdirs }: Machinery,
  { plan, onProgress, abortSignal }: CreatePodOptions & { readonly plan: Omit<PodPlan, 'workspace'> },
): Promise<string> {
  const { image, workspacePath } = options;
  if (!posix.isAbsolute(workspacePath) && !workdirs.has(image)) {
    onProgress?.({ phase: 'starting', message: `Reading the working directory of the image ${image}.` });
    workdirs.set(image, await findWorkdir(client, { pod: options, plan, abortSignal }));
  }
  const workspace = posix.resolve(workdirs.get(image) ?? '/', workspacePath);
  checkWorkspace(workspacePath, workspace);
  return workspace;
}
