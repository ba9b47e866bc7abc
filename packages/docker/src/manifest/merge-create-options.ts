import type { ContainerCreateOptions } from 'dockerode';
import { isRecord } from '../options/create-options.ts';

/**
 * Merges a caller's options into sandpod's options. Entries are added to lists and records, so that none of sandpod's entries is lost.
 * Other values are replaced.
 */
export function mergeCreateOptions(ours: ContainerCreateOptions, theirs: ContainerCreateOptions = {}): ContainerCreateOptions {
  const { HostConfig, Labels, ...rest } = theirs;
  return {
    ...merge(ours, rest),
    Labels: { ...Labels, ...ours.Labels },
    HostConfig: merge({ ...ours.HostConfig }, { ...HostConfig }),
  };
}

function merge<Values extends object>(ours: Values, theirs: Values): Values {
  const added = Object.entries(theirs).map(([key, value]) => [key, mergeValue(ours[key as keyof Values], value)]);
  return { ...ours, ...Object.fromEntries(added) };
}

function mergeValue(ours: unknown, theirs: unknown): unknown {
  if (Array.isArray(ours) && Array.isArray(theirs)) return [...ours, ...theirs];
  if (isRecord(ours) && isRecord(theirs)) return { ...ours, ...theirs };
  return theirs;
}
