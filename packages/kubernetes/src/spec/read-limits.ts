import type { V1Pod } from '@kubernetes/client-node';
import type { Limits } from '@sandpod/core';
import { containerSpecOf } from './pod-spec.ts';

const FACTORS: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A quantity in Kubernetes' notation as a number, or undefined when it is none. */
export function parseQuantity(text: string | undefined): number | undefined {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)(m|k|[MGT]i?|Ki)?$/.exec(text ?? '') ?? [];
  return digits === '' ? undefined : Number(digits) * (FACTORS[unit] ?? Number.NaN);
}

/** The limits that a pod really has; `fallback` says what a pod does not. */
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
