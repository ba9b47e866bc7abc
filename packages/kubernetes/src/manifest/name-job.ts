import { createHash } from 'node:crypto';
import type { V1Job } from '@kubernetes/client-node';
import type { PodOptions } from '../options/pod-options.ts';
import { ANNOTATION, LABEL, MANAGED_BY, ROLE } from './labels.ts';
import { IDLE_SPEC, idleTemplate } from './lease-job.ts';

/** Returns the name of the object that reserves a sandbox's name. Only one object with that name can exist in a namespace. */
export function nameJobName(sandboxName: string): string {
  return `sandpod-name-${createHash('sha256').update(sandboxName).digest('hex').slice(0, 32)}`;
}

export interface NameJobOptions {
  readonly namespace: string;
  readonly sandboxName: string;
  readonly id: string;
  readonly lease: { readonly name: string; readonly uid: string };
  /** Distinguishes this reservation from other reservations of the same name. */
  readonly attempt: string;
}

/** Returns a suspended Job that reserves a name for as long as the lease exists. No controller acts on the Job. */
export function nameJob(options: Pick<PodOptions, 'image'>, reservation: NameJobOptions): V1Job {
  const { namespace, sandboxName, id, lease, attempt } = reservation;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: nameJobName(sandboxName),
      namespace,
      labels: { [LABEL.managedBy]: MANAGED_BY, [LABEL.id]: id, [LABEL.role]: ROLE.name, [LABEL.name]: sandboxName },
      annotations: { [ANNOTATION.attempt]: attempt },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', ...lease, controller: false, blockOwnerDeletion: false }],
    },
    spec: { suspend: true, ...IDLE_SPEC, template: idleTemplate(options) },
  };
}
