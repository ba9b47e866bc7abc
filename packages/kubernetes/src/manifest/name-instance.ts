import { randomBytes } from 'node:crypto';
import type { CreateOptions } from '@sandpod/core';
import type { PodOptions } from '../options/pod-options.ts';
import { labelsOf } from './labels.ts';
import type { Instance } from './lease-job.ts';

/** What identifies the objects of a sandbox that is about to be made. */
export function nameInstance(
  options: PodOptions,
  wanted: Pick<CreateOptions, 'name' | 'expiresInMs'> & { readonly namespace: string },
): Instance {
  const id = wanted.name ?? randomBytes(6).toString('hex');
  return {
    id,
    name: options.podName ?? `sandpod-${id}`,
    namespace: wanted.namespace,
    labels: labelsOf({ id, labels: options.labels, isClosed: options.network !== 'open' }),
    attempt: randomBytes(8).toString('hex'),
    expiresInMs: wanted.expiresInMs ?? options.expiresInMs,
    nowMs: Date.now(),
  };
}
