import type { V1Job } from '@kubernetes/client-node';
import type { PodOptions } from '../kubernetes-options.ts';
import { EXPIRES_ANNOTATION } from './labels.ts';

/** What identifies the objects of one sandbox. */
export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly expiresInMs: number;
  readonly nowMs: number;
}

/**
 * The owner of all that belongs to a sandbox: a Job that runs nothing, fails at its deadline and is then deleted by the
 * cluster, and everything it owns with it, with no client alive and no controller of ours.
 */
export function leaseJob(options: PodOptions, instance: Instance): V1Job {
  const { name, namespace, labels, expiresInMs, nowMs } = instance;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace, labels: { ...labels }, annotations: { [EXPIRES_ANNOTATION]: String(nowMs + expiresInMs) } },
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
