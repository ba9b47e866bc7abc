import { createHash } from 'node:crypto';
import type { V1Job } from '@kubernetes/client-node';
import type { PodOptions } from '../options/pod-options.ts';
import { ANNOTATION, LABEL, MANAGED_BY, ROLE } from './labels.ts';
import { IDLE_SPEC, idleTemplate } from './lease-job.ts';

/** The object that reserves a caller's name; only one of that name can exist in a namespace. */
export function nameJobName(sandboxName: string): string {
  return `sandpod-name-${createHash('sha256').update(sandboxName).digest('hex').slice(0, 32)}`;
}

export interface NameJobOptions {
  readonly namespace: string;
  readonly sandboxName: string;
  readonly id: string;
  readonly lease: { readonly name: string; readonly uid: string };
  /** Distinguishes this reservation from others of the same name. */
  readonly attempt: string;
}

/** Reserves a name as long as its lease exists: a Job that is suspended, so that no part of the cluster acts on it. */
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
