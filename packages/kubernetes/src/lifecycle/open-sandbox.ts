import type { V1Pod } from '@kubernetes/client-node';
import { readLimits } from '../manifest/read-limits.ts';
import { containerSpecOf } from '../manifest/sandbox-container.ts';
import { describePod } from '../sandbox/describe-pod.ts';
import { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { uidsOf } from './delete-sandbox.ts';
import { LeaseOwnership } from './lease-ownership.ts';
import { infoOf } from './list-pods.ts';
import type { Machinery } from './machinery.ts';

/** A sandbox over a pod; nothing is sent yet. The pod's own image, workspace and limits count, also if the options differ. */
export function openSandbox(machinery: Machinery, { id, pod }: { readonly id: string; readonly pod: V1Pod }): PodSandbox {
  const { client, namespace, options } = machinery;
  const { name = '', uid = '' } = pod.metadata ?? {};
  const { image = options.image, workingDir: workspace = options.workspacePath } = containerSpecOf(pod) ?? {};
  const limits = readLimits(pod, options.limits);
  const sandbox = new PodSandbox({
    client,
    id,
    known: pod,
    identity: { namespace, name, uid, expiresMs: infoOf(pod).expiresMs },
    ownership: new LeaseOwnership(client, { namespace, name, ...uidsOf(pod) }),
    description: describePod({ ...options, image, workspacePath: workspace, limits }),
    limits,
    workspace,
    graceMs: options.graceMs,
    isKept: () => machinery.isKept(sandbox),
  });
  return sandbox;
}
