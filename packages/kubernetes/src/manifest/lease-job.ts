import type { V1Job } from '@kubernetes/client-node';
import type { PodOptions } from '../options/pod-options.ts';
import { ANNOTATION, LABEL, ROLE, withoutReserved } from './labels.ts';

/** The data that identifies the objects of one sandbox. */
export interface Instance {
  /** The sandbox's id. */
  readonly id: string;
  /** The caller's name for the sandbox. */
  readonly sandboxName: string | undefined;
  /** The name of the pod and of the lease. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Distinguishes the objects of this start from other objects with the same name. */
  readonly attempt: string;
  /** True if the sandbox has no owner yet and can be claimed as soon as it is ready. */
  readonly isClaimable: boolean;
  /** Milliseconds from the creation to the expiry; null means never. */
  readonly expiresInMs: number | null;
}

/** Returns the annotations for a sandbox's objects. The caller's annotations cannot replace sandpod's annotations. */
export function annotationsOf(options: PodOptions, { attempt }: Pick<Instance, 'attempt'>): Record<string, string> {
  return {
    ...withoutReserved(options.annotations),
    [ANNOTATION.container]: options.containerName,
    [ANNOTATION.attempt]: attempt,
  };
}

/**
 * Returns the Job that owns everything that belongs to a sandbox. The Job runs nothing, and fails at its deadline. The cluster then deletes
 * the Job and everything that it owns, even if no client is running. Only the lease stores the sandbox's name, claim and expiry; the pod
 * does not repeat them.
 */
export function leaseJob(options: PodOptions, instance: Instance): V1Job {
  const { name, namespace, sandboxName, labels, expiresInMs } = instance;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace,
      labels: {
        ...labels,
        [LABEL.role]: ROLE.lease,
        ...(sandboxName === undefined ? {} : { [LABEL.name]: sandboxName }),
      },
      annotations: annotationsOf(options, instance),
    },
    spec: {
      parallelism: 0,
      ...IDLE_SPEC,
      ...(expiresInMs === null ? {} : { activeDeadlineSeconds: Math.ceil(expiresInMs / 1_000) }),
      template: idleTemplate(options),
    },
  };
}

/** Settings for the end of a Job that never runs a pod. The Job fails once, and is then deleted immediately. */
export const IDLE_SPEC = { completions: 1, backoffLimit: 0, ttlSecondsAfterFinished: 0 } as const;

/** Returns the pod template for a Job that never runs a pod. Admission control validates the template anyway. */
export function idleTemplate({ image }: Pick<PodOptions, 'image'>): NonNullable<V1Job['spec']>['template'] {
  return {
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'none',
          image,
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          resources: { limits: { cpu: '1m', memory: '16Mi' } },
        },
      ],
    },
  };
}
