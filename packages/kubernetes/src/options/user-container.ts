import type { V1Container } from '@kubernetes/client-node';
import type { PodOptions } from './pod-options.ts';

/** Returns the container in `podSpec` in which programs run, or undefined if `podSpec` lacks it. */
export function userContainer({ template, containerName }: Pick<PodOptions, 'template' | 'containerName'>): V1Container | undefined {
  return template?.spec.containers?.find(({ name }) => name === containerName);
}
