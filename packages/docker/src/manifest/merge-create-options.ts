import type { ContainerCreateOptions } from 'dockerode';
import { isRecord } from '../options/create-options.ts';

/**
 * Merges a caller's options into sandpod's options. Lists and records are extended, so that no entry from sandpod is lost; other values are
 * replaced.
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
