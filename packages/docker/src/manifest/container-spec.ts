import { posix } from 'node:path';
import type { ContainerCreateOptions, MountSettings } from 'dockerode';
import { boundDirectory } from '../options/bound-directory.ts';
import { allowsEscalation, type DockerOptions, isRoot } from '../options/docker-options-schema.ts';
import { KEEPER_DIRECTORY } from '../options/reserved-names.ts';
import { workspaceBytesOf } from '../options/workspace-bytes.ts';
import { fingerprintOf } from './fingerprint.ts';
import { keeperEntrypoint } from './keeper-script.ts';
import { keeperUserBeside } from './keeper-user.ts';
import { LABEL, storedLabels } from './labels.ts';
import { mergeCreateOptions } from './merge-create-options.ts';
import { STRICT_SECCOMP } from './strict-seccomp.ts';

type HostConfig = NonNullable<ContainerCreateOptions['HostConfig']>;

export interface SandboxInstance {
  readonly id: string;
  /** The caller's labels. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly isClaimable?: boolean | undefined;
  /** Milliseconds until the expiry; null means never. */
  readonly expiresInMs: number | null;
  readonly nowMs: number;
  /** Directories that the image declares as volumes. */
  readonly imageVolumes: readonly string[];
}

/**
 * With these settings, name look-ups in a container without a network fail at once instead of waiting for a server that cannot answer.
 * glibc treats a timeout of 0 as one second, but notices at once that no server is listening. musl does not notice that, but uses the
 * timeout of 0 as is.
 */
const NO_NAMES: Pick<HostConfig, 'Dns' | 'DnsOptions'> = { Dns: ['127.0.0.1'], DnsOptions: ['timeout:0', 'attempts:1'] };
const MiB = 1024 * 1024;
const TMP_BYTES = 64 * MiB;
const SHARED_MEMORY_BYTES = 64 * MiB;
const OPEN_FILES = 1024;
/** Size limit of the keeper's file system. The size is enough for copies of large programs; common programs need less than 1 MiB. */
const KEEPER_BYTES = 64 * MiB;

/**
 * Returns the request that creates a sandbox's container, without the container's name. The container is secure by default, and each
 * protection can be weakened only by a specific option.
 */
export function containerSpec(options: DockerOptions, instance: SandboxInstance): ContainerCreateOptions {
  const { image, user, env, labels, workspacePath } = options;
  const spec = {
    Image: image,
    User: keeperUserBeside(user),
    WorkingDir: workspacePath,
    // The container ends by itself, even if this process is gone.
    Entrypoint: keeperEntrypoint(instance.expiresInMs, instance.nowMs),
    Cmd: [],
    Env: Object.entries({ ...defaultEnvironment(options), ...env }).map(([name, value]) => `${name}=${value}`),
    Labels: {
      ...labels,
      [LABEL.managed]: 'true',
      [LABEL.id]: instance.id,
      [LABEL.user]: user,
      [LABEL.options]: fingerprintOf(options),
      [LABEL.expires]: instance.expiresInMs === null ? 'never' : String(instance.nowMs + instance.expiresInMs),
      ...(instance.isClaimable && { [LABEL.claimable]: 'true' }),
      ...storedLabels(instance.labels),
    },
    Healthcheck: { Test: ['NONE'] },
    HostConfig: hostConfig(options, instance.imageVolumes),
  };
  return mergeCreateOptions(spec, options.createOptions);
}

/**
 * Returns the default variables. The image's user database may have no entry for the user. Without the name in the environment, programs
 * that look up the user's name would then fail.
 */
function defaultEnvironment({ user, workspacePath }: DockerOptions): Record<string, string> {
  const name = isRoot(user) ? 'root' : 'sandpod';
  return { HOME: workspacePath, USER: name, LOGNAME: name, LANG: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1' };
}

function hostConfig(options: DockerOptions, imageVolumes: readonly string[]): HostConfig {
  const { limits, extraHosts, runtime, deviceRequests, capabilities } = options;
  return {
    AutoRemove: true,
    Init: true,
    // NetworkDisabled is not used: with it, the daemon would write no hosts file, so localhost would not resolve.
    NetworkMode: options.network,
    ...(options.network === 'none' ? NO_NAMES : {}),
    IpcMode: 'private',
    CapDrop: ['ALL'],
    ...(capabilities.length === 0 ? {} : { CapAdd: [...capabilities] }),
    SecurityOpt: [
      ...(allowsEscalation(options) ? [] : ['no-new-privileges']),
      ...(options.seccompProfile === 'strict' ? [STRICT_SECCOMP] : []),
    ],
    ReadonlyRootfs: !options.writableRoot,
    Tmpfs: memoryFileSystems(options, imageVolumes),
    Mounts: mounts(options),
    ShmSize: SHARED_MEMORY_BYTES,
    ExtraHosts: Object.entries(extraHosts).map(([name, address]) => `${name}:${address}`),
    Memory: limits.memoryBytes,
    MemorySwap: limits.memoryBytes,
    NanoCpus: Math.round(limits.cpus * 1e9),
    PidsLimit: limits.processes,
    Ulimits: [{ Name: 'nofile', Soft: OPEN_FILES, Hard: OPEN_FILES }],
    LogConfig: { Type: 'none', Config: {} },
    ...(runtime === undefined ? {} : { Runtime: runtime }),
    ...(deviceRequests.length === 0 ? {} : { DeviceRequests: [...deviceRequests] }),
  };
}

/**
 * Returns the mount options of the file systems in memory, by path. They also replace the image's volumes, because a volume would be a
 * writable directory on the host's disk without a size limit.
 */
function memoryFileSystems(options: DockerOptions, imageVolumes: readonly string[]): Record<string, string> {
  const { workspacePath, user } = options;
  const mounted = new Set(mounts(options).map(({ Target }) => Target));
  const temporary = ['/tmp', ...imageVolumes].filter((path) => !mounted.has(path));
  return {
    ...Object.fromEntries(temporary.map((path) => [path, memoryFileSystem(TMP_BYTES)])),
    ...(boundDirectory(options) === undefined ? { [workspacePath]: memoryFileSystem(workspaceBytesOf(options)) + ownership(user) } : {}),
    [KEEPER_DIRECTORY]: `rw,exec,nosuid,nodev,mode=0711,size=${KEEPER_BYTES}${ownership(keeperUserBeside(user))}`,
  };
}

function memoryFileSystem(bytes: number): string {
  return `rw,exec,nosuid,nodev,mode=1777,size=${bytes}`;
}

/**
 * Returns mount options that set the owner. They are needed because Docker sets the mode of the mount to the mode of the directory that it
 * creates as the mount point.
 */
function ownership(user: string): string {
  const [uid, gid] = user.split(':');
  return `,uid=${uid},gid=${gid}`;
}

/**
 * Returns the mounts of host directories and volumes. Mounts are used instead of binds, so that the daemon rejects the request if a
 * directory is missing. With binds, the daemon would create the directory as root.
 */
function mounts(options: DockerOptions): MountSettings[] {
  const { workspacePath, extraVolumes } = options;
  const bound = boundDirectory(options);
  const extra = extraVolumes.map((volume): MountSettings => {
    const [source = '', target = '', mode] = volume.split(':');
    return { Type: source.startsWith('/') ? 'bind' : 'volume', Source: source, Target: posix.resolve(target), ReadOnly: mode === 'ro' };
  });
  if (bound === undefined) return extra;
  return [{ Type: 'bind', Source: bound, Target: workspacePath, ReadOnly: false }, ...extra];
}
