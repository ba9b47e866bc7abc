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

/** The directories of the sandbox's container that are volumes on the node's disk with a size limit. */
export function readDiskLimits(pod: V1Pod): { readonly path: string; readonly bytes: number }[] {
  return (containerSpecOf(pod)?.volumeMounts ?? []).flatMap(({ name, mountPath, subPath }) => {
    const { emptyDir } = pod.spec?.volumes?.find((volume) => volume.name === name) ?? {};
    const bytes = parseQuantity(emptyDir?.sizeLimit);
    return bytes === undefined || emptyDir?.medium === 'Memory' || subPath !== undefined ? [] : [{ path: mountPath, bytes }];
  });
}
