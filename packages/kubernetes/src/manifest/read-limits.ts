import type { V1Pod } from '@kubernetes/client-node';
import type { Limits } from '@sandpod/core';
import { parseQuantity } from '../options/parse-quantity.ts';
import { containerSpecOf } from './sandbox-container.ts';

/** A pod's actual limits, completed from `fallback`. */
export function readLimits(pod: V1Pod, fallback: Limits): Limits {
  const { resources, workingDir, volumeMounts } = containerSpecOf(pod) ?? {};
  const { cpu, memory } = resources?.limits ?? {};
  const mount = volumeMounts?.find(({ mountPath }) => mountPath === workingDir);
  const volume = pod.spec?.volumes?.find(({ name }) => name === (mount?.name ?? 'workspace'));
  return {
    ...fallback,
    cpus: parseQuantity(cpu) ?? fallback.cpus,
    memoryBytes: parseQuantity(memory) ?? fallback.memoryBytes,
    workspaceBytes: parseQuantity(volume?.emptyDir?.sizeLimit) ?? fallback.workspaceBytes,
  };
}
