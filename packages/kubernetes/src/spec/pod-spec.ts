import type { V1Container, V1OwnerReference, V1Pod, V1PodSpec } from '@kubernetes/client-node';
import type { PodOptions } from '../kubernetes-options.ts';
import { NETWORK_TEST } from '../pod/prove-closed.ts';
import { LABEL } from './labels.ts';
import { annotationsOf, type Instance } from './lease-job.ts';

export const CONTAINER = 'sandbox';

const TMP_BYTES = 64 * 1024 * 1024;
/** The pod ends by itself should its lease not work. */
const SPARE_SECONDS = 60;

/** Takes in orphans as process 1, and ends at once when it is told to. */
const KEEP_ALIVE = 'trap "exit 0" TERM INT; while :; do sleep 3600 & wait $!; done';

/** What the objects of one sandbox need to know of each other. */
export interface PodPlan extends Instance {
  readonly leaseUid: string;
  /** Absolute path of the workspace volume. */
  readonly workspace: string;
}

/** A sandbox's pod: accepted by Pod Security "restricted", and closed where that standard is silent. */
export function podSpec(options: PodOptions, plan: PodPlan): V1Pod {
  const { name, namespace, labels } = plan;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: { ...labels },
      annotations: annotationsOf(options, plan),
      ownerReferences: [ownedByLease(plan)],
    },
    spec: specOf(options, plan),
  };
}

/** The container in which programs run. */
export function containerSpecOf(pod: V1Pod): V1Container | undefined {
  return pod.spec?.containers.find(({ name }) => name === CONTAINER);
}

function ownedByLease({ name, leaseUid: uid }: Pick<PodPlan, 'name' | 'leaseUid'>): V1OwnerReference {
  return { apiVersion: 'batch/v1', kind: 'Job', name, uid, controller: false, blockOwnerDeletion: false };
}

/** A pod that tells the image's working directory in its termination message; as closed as a sandbox. */
export function workdirPodSpec(options: PodOptions, plan: Omit<PodPlan, 'workspace'>): V1Pod {
  const { namespace, labels } = plan;
  const name = `${plan.name}-workdir`;
  const { [LABEL.id]: _, ...others } = labels;
  const spec = specOf(options, { ...plan, workspace: '/workspace' });
  const { workingDir, volumeMounts, ...container } = containerOf(options, '/workspace');
  const command = ['sh', '-c', 'pwd > /dev/termination-log'];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: others, annotations: annotationsOf(options, { ...plan }), ownerReferences: [ownedByLease(plan)] },
    spec: { ...spec, containers: [{ ...container, command }], volumes: [] },
  };
}

function specOf(options: PodOptions, { expiresInMs, workspace }: Pick<PodPlan, 'expiresInMs' | 'workspace'>): V1PodSpec {
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
    containers: [containerOf(options, workspace)],
    volumes: [
      { name: 'workspace', emptyDir: { sizeLimit: String(limits.workspaceBytes) } },
      { name: 'tmp', emptyDir: { sizeLimit: String(TMP_BYTES) } },
    ],
  };
}

function containerOf(options: PodOptions, workspace: string): V1PodSpec['containers'][number] {
  const { image, imagePullPolicy, network, env, limits, requests } = options;
  return {
    name: CONTAINER,
    image,
    imagePullPolicy,
    command: ['sh', '-c', network === 'open' ? KEEP_ALIVE : `${NETWORK_TEST} ${KEEP_ALIVE}`],
    workingDir: workspace,
    env: Object.entries({ HOME: workspace, LANG: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1', ...env }).map(([name, value]) => ({
      name,
      value,
    })),
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
      { name: 'workspace', mountPath: workspace },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}
