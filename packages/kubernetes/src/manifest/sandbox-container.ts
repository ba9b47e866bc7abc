import type { V1Container, V1Pod } from '@kubernetes/client-node';
import { ANNOTATION } from './labels.ts';

/** Returns the name of the container in which programs run. */
export function containerNameOf(pod: V1Pod): string {
  return pod.metadata?.annotations?.[ANNOTATION.container] ?? 'sandbox';
}

/** Returns the container in which programs run. */
export function containerSpecOf(pod: V1Pod): V1Container | undefined {
  return pod.spec?.containers.find(({ name }) => name === containerNameOf(pod));
}
