import type { ContainerCreateOptions } from 'dockerode';
import type { DockerOptions } from './docker-options.ts';

/** Labels of everything that this package makes. */
export const LABEL = {
  managed: 'sandpod.managed',
  id: 'sandpod.id',
  /** Milliseconds since the epoch. */
  expires: 'sandpod.expires',
} as const;

const TMP_BYTES = 64 * 1024 * 1024;
const OPEN_FILES = 1024;

/** Everything Docker is told about a sandbox's container. Secure by default; each loosening is an option of its own. */
export function containerSpec(
  options: DockerOptions,
  instance: { readonly id: string; readonly name: string; readonly expiresInMs: number; readonly nowMs: number },
): ContainerCreateOptions {
  const { image, user, workspacePath, env, labels, createOptions = {} } = options;
  const { HostConfig: hostOverrides, ...overrides } = createOptions;
  return {
    name: instance.name,
    Image: image,
    User: user,
    WorkingDir: workspacePath,
    // The container ends itself, whatever becomes of this process.
    Entrypoint: ['sh', '-c', `exec sleep ${Math.ceil(instance.expiresInMs / 1_000)}`],
    Cmd: [],
    Env: Object.entries({ HOME: workspacePath, LANG: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1', ...env }).map(([name, value]) => `${name}=${value}`),
    Labels: {
      ...labels,
      [LABEL.managed]: 'true',
      [LABEL.id]: instance.id,
      [LABEL.expires]: String(instance.nowMs + instance.expiresInMs),
    },
    NetworkDisabled: options.network === 'none',
    Healthcheck: { Test: ['NONE'] },
    ...overrides,
    HostConfig: { ...hostConfig(options), ...hostOverrides },
  };
}

function hostConfig(options: DockerOptions): NonNullable<ContainerCreateOptions['HostConfig']> {
  const { limits, workspacePath, bindDir, extraVolumes, extraHosts, runtime, deviceRequests } = options;
  const workspace = `rw,exec,nosuid,nodev,mode=1777,size=${limits.workspaceBytes}${ownership(options.user)}`;
  return {
    AutoRemove: true,
    Init: true,
    NetworkMode: options.network,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges'],
    ReadonlyRootfs: !options.writableRoot,
    Tmpfs: {
      '/tmp': `rw,exec,nosuid,nodev,mode=1777,size=${TMP_BYTES}`,
      ...(bindDir === undefined ? { [workspacePath]: workspace } : {}),
    },
    Binds: [...(bindDir === undefined ? [] : [`${bindDir}:${workspacePath}`]), ...extraVolumes],
    ExtraHosts: Object.entries(extraHosts).map(([name, address]) => `${name}:${address}`),
    Memory: limits.memoryBytes,
    MemorySwap: limits.memoryBytes,
    NanoCpus: Math.round(limits.cpus * 1e9),
    PidsLimit: limits.processes,
    Ulimits: [{ Name: 'nofile', Soft: OPEN_FILES, Hard: OPEN_FILES }],
    LogConfig: { Type: 'none', Config: {} },
    ...(runtime === undefined ? {} : { Runtime: runtime }),
    ...(deviceRequests.length === 0 ? {} : { DeviceRequests: deviceRequests }),
  };
}

/** Docker gives the mount the mode of the directory that it makes for it, so that its owner must be right. */
function ownership(user: string): string {
  const [, uid, gid] = /^(\d+)(?::(\d+))?$/.exec(user) ?? [];
  return uid === undefined ? '' : `,uid=${uid},gid=${gid ?? uid}`;
}

/** One sentence for each protection that the options weaken. */
export function looseness(options: DockerOptions): string[] {
  const { createOptions = {} } = options;
  const overridden = Object.keys({ ...createOptions, ...createOptions.HostConfig }).filter((key) => key !== 'HostConfig');
  return [
    ...(options.network === 'none' ? [] : [`The container is in the network ${options.network}.`]),
    ...(/^(root|0)(:|$)/.test(options.user) ? ['Programs run as root of the container.'] : []),
    ...(options.writableRoot ? ['The root file system is writable.'] : []),
    ...(options.bindDir === undefined ? [] : [`The host directory ${options.bindDir} is the workspace, without a size limit.`]),
    ...options.extraVolumes.map((volume) => `The host's ${volume} is mounted.`),
    ...(options.deviceRequests.length === 0 ? [] : ['Host devices are handed in.']),
    ...(overridden.length === 0 ? [] : [`createOptions replaces ${overridden.join(', ')}.`]),
  ];
}
