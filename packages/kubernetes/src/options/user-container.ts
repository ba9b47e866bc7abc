import type { V1Container } from '@kubernetes/client-node';
import type { PodOptions } from './pod-options.ts';

/** The container of `podSpec` in which programs are to run, where it has one. */
export function userContainer({ template, containerName }: Pick<PodOptions, 'template' | 'containerName'>): V1Container | undefined {
  return template?.spec.containers?.find(({ name }) => name === containerName);
}
