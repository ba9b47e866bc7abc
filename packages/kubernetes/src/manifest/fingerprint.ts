import { createHash } from 'node:crypto';
import type { V1PodSpec } from '@kubernetes/client-node';
import type { PodOptions } from '../options/pod-options.ts';

/**
 * Returns a digest of the options with which a pod is created. Pods with the same options have the same digest, even if their expiries
 * differ.
 */
export function fingerprintOf(options: PodOptions, { activeDeadlineSeconds: _, ...spec }: V1PodSpec): string {
  const { labels, annotations, initCommand, network } = options;
  const content = { labels, annotations, initCommand, isClosed: network !== 'open', spec };
  return createHash('sha256').update(JSON.stringify(content, sortMembers)).digest('hex').slice(0, 32);
}

function sortMembers(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
