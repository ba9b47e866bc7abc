import type { Limits } from '@sandpod/core';
import type { ContainerCreateOptions, DeviceRequest } from 'dockerode';

export interface DockerSandboxProviderOptions {
  /** The image. sandpod pulls it if the daemon does not have it. Default `python:3-slim`. */
  readonly image?: string | undefined;
  /** The exact name of the container. Default: derived from the sandbox's name or id. */
  readonly containerName?: string | undefined;
  /** Absolute path of the workspace in the container. Default `/workspace`. */
  readonly workspacePath?: string | undefined;
  /**
   * A directory on this machine that is mounted as the workspace. It is created if it is missing. `user` must be able to write to it.
   * Default: a file system in memory with a size limit, which is removed with the container.
   */
  readonly workDir?: string | undefined;
  /**
   * The path of the workspace directory on the daemon's machine. Set this option if the daemon runs on another machine or this program runs
   * in a container. The directory must exist. Default: `workDir`.
   */
  readonly bindDir?: string | undefined;
  /**
   * Additional mounts, as `source:target[:ro]`. A source is a volume or an existing directory on the daemon's machine. Each mount weakens
   * the isolation.
   */
  readonly extraVolumes?: readonly string[] | undefined;
  /** Entries for `/etc/hosts`, as a map from host names to addresses or to `host-gateway`. */
  readonly extraHosts?: Readonly<Record<string, string>> | undefined;
  /** A shell command that runs once, after a new container has started. */
  readonly initCommand?: string | undefined;
  /** GPUs and other devices, in the format of Docker's API. */
  readonly deviceRequests?: readonly DeviceRequest[] | undefined;
  /** An OCI runtime that the daemon has, for example `runsc`. */
  readonly runtime?: string | undefined;
  /** If `none`, the container has no network. Any other value is the name of a Docker network and weakens the isolation. Default `none`. */
  readonly network?: string | undefined;
  /** The user that runs programs, as numbers: `uid` or `uid:gid`. Default: `0:0` if `runAsRoot` is true, else `1000:1000`. */
  readonly user?: string | undefined;
  /** If true, programs may run as root in the container. */
  readonly runAsRoot?: boolean | undefined;
  /** If true, the root file system is writable, so that packages can be installed. */
  readonly writableRoot?: boolean | undefined;
  /** Linux capabilities for root, for example `CHOWN`. They require `runAsRoot` and imply `allowPrivilegeEscalation`. Default: none. */
  readonly capabilities?: readonly string[] | undefined;
  /** If true, programs can gain privileges, for example with `sudo`. */
  readonly allowPrivilegeEscalation?: boolean | undefined;
  /**
   * If `default`, the daemon's default filter for system calls applies. If `strict`, sandpod's filter applies: it blocks io_uring, ptrace
   * and 32-bit programs, and permits only Unix, IPv4, IPv6 and netlink sockets.
   */
  readonly seccompProfile?: 'default' | 'strict' | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Docker labels for every container. Names must not begin with `sandpod.`. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /**
   * If false, `create()` reuses a running container that has the name `containerName` and was created with the same options. When an
   * executor's scope (`await using`) ends, the container keeps running until it expires. An executor's `stop()` and `restart()` still
   * remove it. Default true.
   */
  readonly autoRemove?: boolean | undefined;
  /** Maximum number of milliseconds until a new sandbox is usable, excluding the time to pull an image. Default 60 s. */
  readonly startTimeoutMs?: number | undefined;
  /** Milliseconds after which the container ends by itself and is removed. If `null`, it never expires. Default 1 h. */
  readonly expiresInMs?: number | null | undefined;
  /** Milliseconds between TERM and KILL. Default 2 s. */
  readonly graceMs?: number | undefined;
  /** Address of the daemon. Default: `DOCKER_HOST`, else the current context, else the default socket. */
  readonly dockerHost?: string | undefined;
  /**
   * Options for Docker's API, which are merged into the request: entries are added to lists and records, and other values are replaced.
   * `describe()` lists each option. Options that control the owner or the lifetime of the container are rejected, for example `name`,
   * `Entrypoint` and `HostConfig.AutoRemove`.
   */
  readonly createOptions?: ContainerCreateOptions | undefined;
}
