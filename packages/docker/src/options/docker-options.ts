import type { Limits } from '@sandpod/core';
import type { ContainerCreateOptions, DeviceRequest } from 'dockerode';

export interface DockerSandboxProviderOptions {
  /** Default `python:3-slim`. Pulled if the daemon does not have it. */
  readonly image?: string | undefined;
  /** The exact name of the container. Default: derived from the sandbox's name or id. */
  readonly containerName?: string | undefined;
  /** Absolute path of the workspace in the container. Default `/workspace`. */
  readonly workspacePath?: string | undefined;
  /**
   * A directory on this machine that is mounted as the workspace. Created if it is missing; `user` must be able to write to it.
   * Default: a file system in memory with a size limit, which is removed with the container.
   */
  readonly workDir?: string | undefined;
  /**
   * The path of the same directory on the daemon's machine, if that is another machine (or this program runs in a container). It must exist.
   * Default: `workDir`.
   */
  readonly bindDir?: string | undefined;
  /** Volumes or existing directories on the daemon's machine to mount: `source:target[:ro]`. Each one weakens the isolation. */
  readonly extraVolumes?: readonly string[] | undefined;
  /** Host name → address (or `host-gateway`), for `/etc/hosts`. */
  readonly extraHosts?: Readonly<Record<string, string>> | undefined;
  /** A shell command that runs once, after the container was created. */
  readonly initCommand?: string | undefined;
  /** GPUs and other devices, in the format of Docker's API. */
  readonly deviceRequests?: readonly DeviceRequest[] | undefined;
  /** An OCI runtime that the daemon has, for example `runsc`. */
  readonly runtime?: string | undefined;
  /** `none` (default): no network at all. Any other value is the name of a Docker network and weakens the isolation. */
  readonly network?: string | undefined;
  /** The user that runs programs, as numbers: `uid` or `uid:gid`. Default `1000:1000`; `0:0` with `runAsRoot`. */
  readonly user?: string | undefined;
  /** True: programs may run as root in the container. */
  readonly runAsRoot?: boolean | undefined;
  /** True: the root file system is writable, so that packages can be installed. */
  readonly writableRoot?: boolean | undefined;
  /** Linux capabilities of root, for example `CHOWN`. They require `runAsRoot` and imply `allowPrivilegeEscalation`. Default: none. */
  readonly capabilities?: readonly string[] | undefined;
  /** True: a program may gain privileges, as `sudo` does. */
  readonly allowPrivilegeEscalation?: boolean | undefined;
  /**
   * `default`: the daemon's own filter of system calls. `strict`: a filter of sandpod, with which programs can use neither io_uring nor ptrace,
   * and no sockets but Unix, IPv4, IPv6 and netlink. 32-bit programs do not run with it.
   */
  readonly seccompProfile?: 'default' | 'strict' | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Docker labels for every container. Names must not begin with `sandpod.`. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /**
   * False: `create()` reuses a running container that has `containerName` and was created with the same options, and the end of an
   * executor's scope (`await using`) leaves the container running until it expires. An executor's `stop()` and `restart()` remove it.
   * Default true.
   */
  readonly autoRemove?: boolean | undefined;
  /** Milliseconds until a new sandbox must be usable, not counting the pull of an image. Default 60 s. */
  readonly startTimeoutMs?: number | undefined;
  /** Milliseconds after which the container ends by itself and is removed; null: never. Default 1 h. */
  readonly expiresInMs?: number | null | undefined;
  /** Milliseconds between TERM and KILL. Default 2 s. */
  readonly graceMs?: number | undefined;
  /** Address of the daemon. Default: `DOCKER_HOST`, the current context, the default socket. */
  readonly dockerHost?: string | undefined;
  /**
   * Options of Docker's API, merged into the request: lists and records are extended, other values are replaced, and `describe()` names
   * each. Options that decide who owns the container and when it ends are rejected, for example `name`, `Entrypoint` and
   * `HostConfig.AutoRemove`.
   */
  readonly createOptions?: ContainerCreateOptions | undefined;
}
