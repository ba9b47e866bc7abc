import type { Leftovers } from '@sandpod/core';
import { imageEnvironment } from '@sandpod/launcher';
import { readLimits } from '../manifest/read-limits.ts';
import { containerSpecOf } from '../manifest/sandbox-container.ts';
import { describePod } from '../sandbox/describe-pod.ts';
import { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { LeaseOwnership } from './lease-ownership.ts';
import type { LeasedPod } from './list-sandboxes.ts';
import type { Machinery } from './machinery.ts';

/**
 * Creates the sandbox object for a pod without sending a request. Uses the pod's actual image, workspace and limits, even if they differ
 * from the options.
 */
export function openSandbox(machinery: Machinery, { pod, lease, leftovers }: LeasedPod & { readonly leftovers: Leftovers }): PodSandbox {
  const { client, namespace, options } = machinery;
  const { name = '', uid = '' } = pod.metadata ?? {};
  const { image = options.image, workingDir: workspace = options.workspacePath } = containerSpecOf(pod) ?? {};
  const limits = readLimits(pod, options.limits);
  const environment = imageEnvironment({ isClosed: options.network !== 'open', limits });
  return new PodSandbox({
    client,
    id: lease.id,
    name: lease.sandboxName,
    labels: lease.labels,
    known: pod,
    identity: { namespace, name, uid },
    ownership: new LeaseOwnership({ client, namespace, podUid: uid, lease }),
    description: `${describePod({ ...options, image, workspacePath: workspace, limits })} ${environment.summary}`,
    environment,
    limits,
    workspace,
    graceMs: options.graceMs,
    portForward: options.portForward,
    leftovers,
  });
}
