import type { V1Container, V1PodSecurityContext, V1PodSpec, V1SecurityContext, V1Volume } from '@kubernetes/client-node';
import { type ManifestOrigin, type ManifestProblem, manifestError } from './manifest-source.ts';
import { containersOf, type PodTemplate, type WorkspaceVolume } from './pod-template.ts';
import type { ResolvedWeaknessOptions } from './weaknesses-of.ts';

/** A field that weakens isolation; undefined if the field is not set or an option permits it. */
type Problem = ManifestProblem | undefined;

/** The kinds of volume that Pod Security "restricted" permits. */
const VOLUME_KINDS = new Set('configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret'.split(' '));

/** Rejects fields of a user's pod that weaken isolation, unless an option permits them. @throws {SandpodError} `invalid-options`. */
export function checkPod(template: PodTemplate, options: ResolvedWeaknessOptions): void {
  const { spec } = template;
  refuse(template, [
    ...podProblems(spec, options),
    ...securityProblems(spec.securityContext, { field: 'spec.securityContext', options }),
    ...containersOf(spec).flatMap(({ container, field }) => containerProblems(container, { field, options })),
    ...(spec.volumes ?? []).flatMap((volume, index) => volumeProblems(volume, { field: `spec.volumes[${index}]`, options })),
  ]);
}

/** Rejects a workspace volume that weakens isolation, unless an option permits it. @throws {SandpodError} `invalid-options`. */
export function checkVolume(workspace: WorkspaceVolume, options: ResolvedWeaknessOptions): void {
  refuse(workspace, volumeProblems(workspace.volume, { field: '', options }));
}

interface Place {
  readonly field: string;
  readonly options: ResolvedWeaknessOptions;
}

function refuse(origin: ManifestOrigin, problems: readonly Problem[]): void {
  const [first] = problems.filter((problem) => problem !== undefined);
  if (first !== undefined) throw manifestError(origin, first);
}

function podProblems(spec: Partial<V1PodSpec>, options: ResolvedWeaknessOptions): Problem[] {
  const shares = (name: 'network' | 'pid' | 'ipc', value: boolean | undefined): Problem =>
    value === true && !options.hostNamespaces.includes(name)
      ? {
          field: `spec.host${name === 'network' ? 'Network' : name.toUpperCase()}`,
          ...NOT_TRUE,
          permittedBy: `hostNamespaces: ["${name}"]`,
        }
      : undefined;
  return [
    shares('network', spec.hostNetwork),
    shares('pid', spec.hostPID),
    shares('ipc', spec.hostIPC),
    weakens('spec.automountServiceAccountToken', spec.automountServiceAccountToken, {
      isPermitted: options.automountServiceAccountToken,
      permittedBy: 'automountServiceAccountToken: true',
    }),
    spec.shareProcessNamespace === true ? { field: 'spec.shareProcessNamespace', ...NOT_TRUE } : undefined,
    spec.ephemeralContainers === undefined ? undefined : { field: 'spec.ephemeralContainers', expected: 'none', given: 'some' },
  ];
}

const NOT_TRUE = { expected: 'false', given: 'true' } as const;

function weakens(
  field: string,
  value: boolean | undefined,
  permission: { readonly isPermitted: boolean; readonly permittedBy: string; readonly weak?: boolean },
): Problem {
  const { isPermitted, permittedBy, weak = true } = permission;
  if (value !== weak || isPermitted) return undefined;
  return { field, expected: String(!weak), given: String(weak), permittedBy };
}

function containerProblems(container: V1Container, place: Place): Problem[] {
  const { field, options } = place;
  const hostPort = container.ports?.find((port) => port.hostPort !== undefined)?.hostPort;
  const isOnHost = options.hostNamespaces.includes('network');
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  const hooks = { livenessProbe, readinessProbe, startupProbe, postStart: lifecycle?.postStart, preStop: lifecycle?.preStop };
  return [
    ...securityProblems(container.securityContext, { ...place, field: `${field}.securityContext` }),
    // The node itself connects to the host of a probe or hook.
    ...Object.entries(hooks).map(([name, hook]): Problem => {
      const host = hook?.httpGet?.host ?? hook?.tcpSocket?.host;
      if (host === undefined || isOnHost) return undefined;
      return { field: `${field}.${name}`, expected: 'no host', given: `host ${host}`, permittedBy: 'hostNamespaces: ["network"]' };
    }),
    hostPort === undefined || isOnHost
      ? undefined
      : { field: `${field}.ports`, expected: 'no hostPort', given: `hostPort ${hostPort}`, permittedBy: 'hostNamespaces: ["network"]' },
  ];
}

/** The fields of a container's security context, and the fields that exist only in a pod's security context. */
type AnySecurityContext = V1SecurityContext & Pick<V1PodSecurityContext, 'sysctls' | 'supplementalGroups' | 'fsGroup'>;

function securityProblems(context: AnySecurityContext | undefined, place: Place): Problem[] {
  if (context === undefined) return [];
  return [...switchProblems(context, place), ...userProblems(context, place), ...kernelProblems(context, place)];
}

function switchProblems(context: AnySecurityContext, { field, options }: Place): Problem[] {
  const { privileged, allowPrivilegeEscalation, readOnlyRootFilesystem, capabilities } = context;
  const added = capabilities?.add?.find((name) => !options.capabilities.includes(name.replace(/^CAP_/, '')));
  return [
    weakens(`${field}.privileged`, privileged, { isPermitted: options.privileged, permittedBy: 'privileged: true' }),
    weakens(`${field}.allowPrivilegeEscalation`, allowPrivilegeEscalation, {
      isPermitted: options.allowPrivilegeEscalation,
      permittedBy: 'allowPrivilegeEscalation: true',
    }),
    weakens(`${field}.readOnlyRootFilesystem`, readOnlyRootFilesystem, {
      isPermitted: options.writableRoot,
      permittedBy: 'writableRoot: true',
      weak: false,
    }),
    added === undefined
      ? undefined
      : {
          field: `${field}.capabilities.add`,
          expected: options.capabilities.length === 0 ? 'none' : `only ${options.capabilities.join(', ')}`,
          given: added,
          permittedBy: `capabilities: ["${added}"]`,
        },
  ];
}

function userProblems(context: AnySecurityContext, { field, options }: Place): Problem[] {
  const { runAsNonRoot, runAsUser, runAsGroup, fsGroup, supplementalGroups = [] } = context;
  const permission = { isPermitted: options.runAsRoot, permittedBy: 'runAsRoot: true' };
  const ids = { runAsUser, runAsGroup, fsGroup, supplementalGroups: supplementalGroups.find((id) => id === 0) };
  const roots = Object.entries(ids).filter(([, id]) => id === 0 && !options.runAsRoot);
  return [
    weakens(`${field}.runAsNonRoot`, runAsNonRoot, { ...permission, weak: false }),
    ...roots.map(([name]) => ({
      field: `${field}.${name}`,
      expected: 'a number above 0',
      given: '0',
      permittedBy: permission.permittedBy,
    })),
  ];
}

/** Finds problems with fields that no option permits. */
function kernelProblems(context: AnySecurityContext, { field }: Place): Problem[] {
  const { procMount, seccompProfile, appArmorProfile, seLinuxOptions, windowsOptions, sysctls = [] } = context;
  const profile = (name: string, type: string | undefined): Problem =>
    type === 'Unconfined' ? { field: `${field}.${name}.type`, expected: 'RuntimeDefault or Localhost', given: type } : undefined;
  return [
    profile('seccompProfile', seccompProfile?.type),
    profile('appArmorProfile', appArmorProfile?.type),
    procMount === undefined || procMount === 'Default' ? undefined : { field: `${field}.procMount`, expected: 'Default', given: procMount },
    seLinuxOptions === undefined ? undefined : { field: `${field}.seLinuxOptions`, expected: 'none', given: 'some' },
    windowsOptions === undefined ? undefined : { field: `${field}.windowsOptions`, expected: 'none', given: 'some' },
    sysctls.length === 0 ? undefined : { field: `${field}.sysctls`, expected: 'none', given: 'some' },
  ];
}

function volumeProblems(volume: V1Volume, { field, options }: Place): Problem[] {
  const prefix = field === '' ? '' : `${field}.`;
  const kinds = Object.keys(volume).filter((key) => key !== 'name' && key !== 'hostPath');
  const unknown = kinds.find((kind) => !VOLUME_KINDS.has(kind));
  const hasToken = volume.projected?.sources?.some(
    (source) => source.serviceAccountToken !== undefined || source.podCertificate !== undefined,
  );
  return [
    hostPathProblem(volume, { field: `${prefix}hostPath`, options }),
    unknown === undefined
      ? undefined
      : { field: `${prefix}${unknown}`, expected: `one of ${[...VOLUME_KINDS].join(', ')}`, given: unknown },
    weakens(`${prefix}projected.sources`, hasToken, {
      isPermitted: options.automountServiceAccountToken,
      permittedBy: 'automountServiceAccountToken: true',
    }),
  ];
}

function hostPathProblem({ hostPath }: V1Volume, { field, options }: Place): Problem {
  if (hostPath === undefined) return undefined;
  const { path } = hostPath;
  const isPermitted = options.hostPaths.some((root) => path === root || path.startsWith(root === '/' ? '/' : `${root}/`));
  if (isPermitted && !path.split('/').includes('..')) return undefined;
  return { field, expected: 'no path on the node', given: path, permittedBy: `hostPaths: [${JSON.stringify(path)}]` };
}
