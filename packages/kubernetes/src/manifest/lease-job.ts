import type { V1Job } from '@kubernetes/client-node';
import type { PodOptions } from '../options/pod-options.ts';
import { ANNOTATION, LABEL, ROLE, withoutOurs } from './labels.ts';

/** What identifies the objects of one sandbox. */
export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Tells this start from others of the same name. */
  readonly attempt: string;
  readonly expiresInMs: number;
  readonly nowMs: number;
}

/** The annotations of a sandbox's objects; the caller's can never replace ours. */
export function annotationsOf(options: PodOptions, instance: Instance): Record<string, string> {
  const { attempt, nowMs, expiresInMs } = instance;
  return {
    ...withoutOurs(options.annotations),
    [ANNOTATION.container]: options.containerName,
    [ANNOTATION.attempt]: attempt,
    [ANNOTATION.expires]: String(nowMs + expiresInMs),
  };
}

/**
 * The owner of all that belongs to a sandbox: a Job that runs nothing, fails at its deadline and is then deleted by the
 * cluster, and everything it owns with it, with no client alive and no controller of ours.
 */
export function leaseJob(options: PodOptions, instance: Instance): V1Job {
  const { name, namespace, labels, expiresInMs } = instance;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace, labels: { ...labels, [LABEL.role]: ROLE.lease }, annotations: annotationsOf(options, instance) },
    spec: {
      parallelism: 0,
      completions: 1,
      backoffLimit: 0,
      activeDeadlineSeconds: Math.ceil(expiresInMs / 1_000),
      ttlSecondsAfterFinished: 0,
      template: {
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'none',
              image: options.image,
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
              resources: { limits: { cpu: '1m', memory: '16Mi' } },
            },
          ],
        },
      },
    },
  };
}
