import type { V1Pod, V1PodSpec } from '@kubernetes/client-node';
import type { PodOptions } from '../kubernetes-options.ts';
import { EXPIRES_ANNOTATION } from './labels.ts';
import type { Instance } from './lease-job.ts';

export const CONTAINER = 'sandbox';

const TMP_BYTES = 64 * 1024 * 1024;
/** The pod ends by itself should its lease not work. */
const SPARE_SECONDS = 60;

/** Takes in orphans as process 1, and ends at once when it is told to. */
const KEEP_ALIVE = 'trap "exit 0" TERM INT; while :; do sleep 3600 & wait $!; done';

/** A sandbox's pod: accepted by Pod Security "restricted", and closed where that standard is silent. */
export function podSpec(options: PodOptions, instance: Instance & { readonly leaseUid: string }): V1Pod {
  const { name, namespace, labels, nowMs, expiresInMs, leaseUid } = instance;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: { ...labels },
      annotations: { ...options.annotations, [EXPIRES_ANNOTATION]: String(nowMs + expiresInMs) },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, uid: leaseUid, controller: false, blockOwnerDeletion: false }],
    },
    spec: specOf(options, expiresInMs),
  };
}

function specOf(options: PodOptions, expiresInMs: number): V1PodSpec {
  const { runAsUser, runtimeClassName, imagePullSecrets, nodeSelector, limits } = options;
  return {
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 1,
    activeDeadlineSeconds: Math.ceil(expiresInMs / 1_000) + SPARE_SECONDS,
    securityContext: {
      runAsNonRoot: true,
      runAsUser,
      runAsGroup: runAsUser,
      fsGroup: runAsUser,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...(runtimeClassName === undefined ? {} : { runtimeClassName }),
    ...(imagePullSecrets.length === 0 ? {} : { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }),
    ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector }),
    containers: [containerOf(options)],
    volumes: [
      { name: 'workspace', emptyDir: { sizeLimit: String(limits.workspaceBytes) } },
      { name: 'tmp', emptyDir: { sizeLimit: String(TMP_BYTES) } },
    ],
  };
}

function containerOf(options: PodOptions): V1PodSpec['containers'][number] {
  const { image, imagePullPolicy, workspacePath, env, limits, requests } = options;
  return {
    name: CONTAINER,
    image,
    imagePullPolicy,
    command: ['sh', '-c', KEEP_ALIVE],
    workingDir: workspacePath,
    env: Object.entries({ HOME: workspacePath, LANG: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1', ...env }).map(([name, value]) => ({ name, value })),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    resources: {
      requests: { cpu: requests.cpu, memory: requests.memory },
      limits: {
        cpu: String(limits.cpus),
        memory: String(limits.memoryBytes),
        'ephemeral-storage': String(limits.workspaceBytes + TMP_BYTES),
      },
    },
    volumeMounts: [
      { name: 'workspace', mountPath: workspacePath },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}
