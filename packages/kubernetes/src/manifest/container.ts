import type { V1Container, V1EnvVar, V1SecurityContext } from '@kubernetes/client-node';
import type { PodOptions } from '../options/pod-options.ts';
import { DEFAULT_USER } from '../options/pod-options.ts';
import { atLeastOf } from '../options/resolve-resources.ts';
import { userContainer } from '../options/user-container.ts';
import { NETWORK_TEST } from './network-test.ts';
import { SHORT_LIVED_BYTES, type WorkspacePlan } from './workspace-volume.ts';

/**
 * Shell text for process 1. The process adopts orphaned processes, and exits at once with a failure code on TERM. If it exited
 * successfully, the kubelet would lose the reason why it ended the pod, for example an eviction.
 */
const KEEP_ALIVE = 'trap "exit 143" TERM INT; while :; do sleep 3600 & wait $!; done';

/**
 * With this policy, the error message of a failed start includes the end of the container's output, unless the container wrote a
 * termination message.
 */
const LAST_WORDS = { terminationMessagePolicy: 'FallbackToLogsOnError' } as const;

/** Returns the container in which programs run. If `podSpec` contains that container, it is completed with the defaults. */
export function sandboxContainer(options: PodOptions, plan: WorkspacePlan): V1Container {
  const { image, imagePullPolicy, limits, requests, containerName } = options;
  const user = userContainer(options);
  // Restart rules are removed, because a restarted container could be mistaken for the container that it replaces.
  const { restartPolicy, restartPolicyRules, command, args, ...kept } = user ?? {};
  return {
    ...LAST_WORDS,
    ...kept,
    name: containerName,
    image,
    imagePullPolicy,
    ...processOf(options),
    workingDir: plan.workspace,
    env: environmentOf(options, plan.workspace),
    securityContext: securityContextOf(options, options.givenRunAsUser ? withoutUser(user?.securityContext) : user?.securityContext),
    resources: {
      ...user?.resources,
      requests: { ...user?.resources?.requests, cpu: requests.cpu, memory: requests.memory },
      limits: {
        'ephemeral-storage': String(atLeastOf(limits.workspaceBytes + SHORT_LIVED_BYTES, user?.resources?.requests?.['ephemeral-storage'])),
        ...user?.resources?.limits,
        cpu: String(limits.cpus),
        memory: String(limits.memoryBytes),
      },
    },
    volumeMounts: [...(user?.volumeMounts ?? []), ...plan.sandboxMounts],
  };
}

/** Returns another container of the pod, hardened like the sandbox's container and with the workspace mounted. */
export function sidecar(options: PodOptions, parts: { readonly user: V1Container; readonly plan: WorkspacePlan }): V1Container {
  const { user, plan } = parts;
  const mounts = user.volumeMounts ?? [];
  const { mount } = plan;
  const hasWorkspace = mounts.some(({ name, mountPath }) => name === mount.name || mountPath === mount.mountPath);
  return {
    ...LAST_WORDS,
    ...user,
    securityContext: { ...sideUser(options, user.securityContext), ...securityContextOf(HARDENED, user.securityContext) },
    volumeMounts: hasWorkspace ? mounts : [...mounts, mount],
  };
}

/** Returns true if process 1 is sandpod's default process, which also tests the network. */
export function hasOwnProcess(options: Pick<PodOptions, 'command' | 'args'>): boolean {
  return options.command === undefined && options.args === undefined;
}

function processOf(options: PodOptions): Pick<V1Container, 'command' | 'args'> {
  if (!hasOwnProcess(options)) return givenProcess(options);
  return { command: ['sh', '-c', options.network === 'open' ? KEEP_ALIVE : `${NETWORK_TEST} ${KEEP_ALIVE}`] };
}

function givenProcess({ command, args }: PodOptions): Pick<V1Container, 'command' | 'args'> {
  return { ...(command === undefined ? {} : { command: [...command] }), ...(args === undefined ? {} : { args: [...args] }) };
}

/**
 * Returns the variables of the sandbox's container in this order: sandpod's default variables unless they are set elsewhere, the variables
 * in `podSpec` in their order, and the variables in the option `env`, which override the others.
 */
function environmentOf(options: PodOptions, workspace: string): V1EnvVar[] {
  const user = userContainer(options)?.env ?? [];
  const given = asList(options.env);
  const names = (list: readonly V1EnvVar[]): Set<string> => new Set(list.map(({ name }) => name));
  const taken = names([...user, ...given]);
  // The image's user database may have no entry for the user. Without the name in the environment, programs that look up the user's name
  // would then fail.
  const name = options.runAsUser === 0 ? 'root' : 'sandpod';
  const defaults = { HOME: workspace, USER: name, LOGNAME: name, LANG: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1' };
  const ours = asList(defaults).filter((variable) => !taken.has(variable.name));
  return [...ours, ...user.filter(({ name }) => !names(given).has(name)), ...given];
}

/**
 * Converts a record to a list of variables. Every `$` is written as `$$`, because Kubernetes would otherwise replace `$(NAME)` with another
 * variable's value.
 */
function asList(record: Readonly<Record<string, string>>): V1EnvVar[] {
  return Object.entries(record).map(([name, value]) => ({ name, value: value.replaceAll('$', '$$$$') }));
}

/** The permissions that a container has unless its security context sets them. */
type Defaults = Pick<PodOptions, 'capabilities' | 'privileged' | 'allowPrivilegeEscalation' | 'writableRoot'>;

/** The options weaken only the sandbox's container. Other containers have only the permissions in their own security context. */
const HARDENED: Defaults = { capabilities: [], privileged: false, allowPrivilegeEscalation: false, writableRoot: false };

/** Returns the defaults, overridden by the user's security context. That context has already been checked. */
function securityContextOf(defaults: Defaults, user: V1SecurityContext = {}): V1SecurityContext {
  const { capabilities, allowPrivilegeEscalation, writableRoot } = defaults;
  const privileged = user.privileged ?? defaults.privileged;
  const add = user.capabilities?.add ?? [...capabilities];
  const drop = new Set([...(user.capabilities?.drop ?? []), 'ALL']);
  return {
    ...(privileged ? { privileged } : {}),
    allowPrivilegeEscalation: allowPrivilegeEscalation || privileged,
    readOnlyRootFilesystem: !writableRoot,
    ...user,
    capabilities: { drop: [...drop], ...(add.length === 0 ? {} : { add }) },
  };
}

/**
 * Returns the user settings for a container other than the sandbox's container. `runAsRoot` does not apply to such a container. It runs as
 * root only if its own security context or that of the pod requests root.
 */
function sideUser({ runAsUser: ofPod, template }: PodOptions, user: V1SecurityContext = {}): V1SecurityContext {
  const words = template?.spec.securityContext ?? {};
  if (ofPod !== 0 || words.runAsUser === 0 || user.runAsUser !== undefined || user.runAsNonRoot === false) return {};
  const { runAsUser = DEFAULT_USER, runAsGroup = runAsUser } = words;
  return { runAsNonRoot: true, runAsUser, runAsGroup };
}

function withoutUser(context: V1SecurityContext | undefined): V1SecurityContext | undefined {
  if (context === undefined) return undefined;
  const { runAsUser, runAsNonRoot, runAsGroup, ...rest } = context;
  return rest;
}
