import type { V1Pod } from '@kubernetes/client-node';
import type { Limits } from '@sandpod/core';
import { parseQuantity } from '../options/parse-quantity.ts';
import { containerSpecOf } from './sandbox-container.ts';

/** Returns a pod's actual limits. Limits that the pod does not set are taken from `fallback`. */
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

/** Returns the directories in the sandbox's container at which volumes on the node's disk that have a size limit are mounted. */
export function readDiskLimits(pod: V1Pod): { readonly path: string; readonly bytes: number }[] {
  return (containerSpecOf(pod)?.volumeMounts ?? []).flatMap(({ name, mountPath, subPath }) => {
    const { emptyDir } = pod.spec?.volumes?.find((volume) => volume.name === name) ?? {};
    const bytes = parseQuantity(emptyDir?.sizeLimit);
    return bytes === undefined || emptyDir?.medium === 'Memory' || subPath !== undefined ? [] : [{ path: mountPath, bytes }];
  });
}
