import type { V1Container } from '@kubernetes/client-node';
import type { PodOptions } from './pod-options.ts';

/** The container of `podSpec` in which programs run; undefined if `podSpec` lacks it. */
export function userContainer({ template, containerName }: Pick<PodOptions, 'template' | 'containerName'>): V1Container | undefined {
  return template?.spec.containers?.find(({ name }) => name === containerName);
}
