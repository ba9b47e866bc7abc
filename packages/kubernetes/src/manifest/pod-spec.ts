import type {
  V1Container,
  V1LocalObjectReference,
  V1OwnerReference,
  V1Pod,
  V1PodSecurityContext,
  V1PodSpec,
} from '@kubernetes/client-node';
import type { PodOptions } from '../options/pod-options.ts';
import { sandboxContainer, sidecar } from './container.ts';
import { fingerprintOf } from './fingerprint.ts';
import { ANNOTATION, LABEL, ROLE } from './labels.ts';
import { annotationsOf, type Instance } from './lease-job.ts';
import { planWorkspace, type WorkspacePlan } from './workspace-volume.ts';

/** The data that the objects of one sandbox share. */
export interface PodPlan extends Instance {
  readonly leaseUid: string;
  /** Absolute path of the workspace volume. */
  readonly workspace: string;
}

/**
 * Returns a sandbox's pod. The pod meets the Pod Security standard "restricted" unless an option weakens it, and is hardened further where
 * that standard has no rules. A user's pod spec is completed, not replaced.
 */
export function podSpec(options: PodOptions, plan: PodPlan): V1Pod {
  const { name, namespace, labels } = plan;
  const spec = specOf(options, plan.workspace);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels: { ...labels, [LABEL.role]: ROLE.sandbox },
      annotations: { ...annotationsOf(options, plan), [ANNOTATION.fingerprint]: fingerprintOf(options, spec) },
      ownerReferences: [ownedByLease(plan)],
    },
    spec,
  };
}

/** Returns a pod that writes the image's working directory to its termination message. The pod is hardened like a sandbox. */
export function workdirPodSpec(options: PodOptions, plan: Omit<PodPlan, 'workspace'>): V1Pod {
  const { namespace, labels } = plan;
  const name = `${plan.name}-workdir`;
  const { [LABEL.id]: _, ...others } = labels;
  const bare = { ...options, template: undefined, workspaceVolume: undefined, command: undefined, args: undefined };
  const spec = specOf(bare, '/workspace');
  const command = ['sh', '-c', 'pwd > /dev/termination-log'];
  const containers = spec.containers.map(({ workingDir, volumeMounts, ...container }) => ({ ...container, command }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: others, annotations: annotationsOf(options, plan), ownerReferences: [ownedByLease(plan)] },
    spec: { ...spec, containers, volumes: [] },
  };
}

function ownedByLease({ name, leaseUid: uid }: Pick<PodPlan, 'name' | 'leaseUid'>): V1OwnerReference {
  return { apiVersion: 'batch/v1', kind: 'Job', name, uid, controller: false, blockOwnerDeletion: false };
}

/** Returns the user's pod spec, overridden and completed by sandpod's fields. */
export function specOf(options: PodOptions, workspace: string): V1PodSpec {
  const plan = planWorkspace(options, workspace);
  const { initContainers, containers, ...user }: Partial<V1PodSpec> = options.template?.spec ?? {};
  const ours = new Set(plan.volumes.map(({ name }) => name));
  return {
    ...user,
    restartPolicy: 'Never',
    automountServiceAccountToken: user.automountServiceAccountToken ?? options.automountServiceAccountToken,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 1,
    securityContext: podSecurityOf(options),
    ...namesOf(options),
    ...hostNamespacesOf(options),
    ...scheduling(options),
    ...(initContainers === undefined ? {} : { initContainers: initContainers.map((each) => sidecar(options, { user: each, plan })) }),
    containers: containersOf(options, { user: containers ?? [], plan }),
    volumes: [...(user.volumes ?? []).filter(({ name }) => !ours.has(name)), ...plan.volumes],
  };
}

function containersOf(options: PodOptions, parts: { readonly user: readonly V1Container[]; readonly plan: WorkspacePlan }): V1Container[] {
  const { user, plan } = parts;
  const sandbox = sandboxContainer(options, plan);
  const others = user.filter(({ name }) => name !== options.containerName);
  return [sandbox, ...others.map((each) => sidecar(options, { user: each, plan }))];
}

function podSecurityOf({ template, runAsUser, runAsRoot, givenRunAsUser }: PodOptions): V1PodSecurityContext {
  const { runAsUser: user, runAsGroup: group, ...rest } = template?.spec.securityContext ?? {};
  const isFree = !givenRunAsUser;
  return {
    runAsNonRoot: !runAsRoot,
    ...(runAsUser === 0 ? {} : { fsGroup: runAsUser }),
    seccompProfile: { type: 'RuntimeDefault' },
    ...rest,
    runAsUser,
    runAsGroup: (isFree ? group : undefined) ?? runAsUser,
  };
}

/**
 * In a closed pod, no DNS server answers. With these settings, name look-ups fail at once. With the cluster's settings, they would fail
 * only after 20 seconds.
 */
const NO_NAMES: Partial<V1PodSpec> = {
  dnsPolicy: 'None',
  dnsConfig: {
    nameservers: ['127.0.0.1'],
    // glibc treats a timeout of 0 as one second, but notices at once that no server is listening. musl does not notice that, but uses the
    // timeout of 0 as is.
    options: [
      { name: 'timeout', value: '0' },
      { name: 'attempts', value: '1' },
    ],
  },
};

function namesOf({ network, template }: PodOptions): Partial<V1PodSpec> {
  const { dnsPolicy, dnsConfig } = template?.spec ?? {};
  return network === 'open' || dnsPolicy !== undefined || dnsConfig !== undefined ? {} : NO_NAMES;
}

function hostNamespacesOf({ hostNamespaces }: PodOptions): Partial<V1PodSpec> {
  const has = (name: 'network' | 'pid' | 'ipc'): boolean => hostNamespaces.includes(name);
  return {
    ...(has('network') ? { hostNetwork: true } : {}),
    ...(has('pid') ? { hostPID: true } : {}),
    ...(has('ipc') ? { hostIPC: true } : {}),
  };
}

function scheduling(options: PodOptions): Partial<V1PodSpec> {
  const { runtimeClassName, serviceAccountName, imagePullSecrets, nodeSelector, tolerations } = options;
  const secrets: V1LocalObjectReference[] = imagePullSecrets.map((name) => ({ name }));
  return {
    ...(runtimeClassName === undefined ? {} : { runtimeClassName }),
    ...(serviceAccountName === undefined ? {} : { serviceAccountName }),
    ...(secrets.length === 0 ? {} : { imagePullSecrets: secrets }),
    ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector: { ...nodeSelector } }),
    ...(tolerations.length === 0 ? {} : { tolerations: tolerations.map((each) => ({ ...each })) }),
  };
}
