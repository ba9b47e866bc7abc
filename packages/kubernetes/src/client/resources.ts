import type { KubeCall } from './kube-error.ts';

type Resource = Pick<KubeCall, 'group' | 'version' | 'resource'>;

/** Every kind of object that this package uses. */
export const RESOURCE = {
  pods: { group: '', version: 'v1', resource: 'pods' },
  events: { group: '', version: 'v1', resource: 'events' },
  jobs: { group: 'batch', version: 'v1', resource: 'jobs' },
  networkPolicies: { group: 'networking.k8s.io', version: 'v1', resource: 'networkpolicies' },
} as const satisfies Record<string, Resource>;
