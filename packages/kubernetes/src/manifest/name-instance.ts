import { randomBytes } from 'node:crypto';
import type { CreateOptions } from '@sandpod/core';
import type { PodOptions } from '../options/pod-options.ts';
import { labelsOf } from './labels.ts';
import type { Instance } from './lease-job.ts';

/** Creates the data that identifies the objects of a new sandbox. */
export function nameInstance(
  options: PodOptions,
  wanted: Pick<CreateOptions, 'name' | 'labels' | 'isClaimable' | 'expiresInMs'> & { readonly namespace: string },
): Instance {
  const { name, labels = {}, isClaimable = false, expiresInMs = options.expiresInMs, namespace } = wanted;
  const id = randomBytes(6).toString('hex');
  return {
    id,
    sandboxName: name,
    name: options.podName ?? `sandpod-${id}`,
    namespace,
    labels: labelsOf({ id, objectLabels: options.labels, sandboxLabels: labels, isClosed: options.network !== 'open' }),
    attempt: randomBytes(8).toString('hex'),
    isClaimable,
    expiresInMs,
  };
}
