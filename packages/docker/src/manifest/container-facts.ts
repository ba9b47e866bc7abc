import type { Limits } from '@sandpod/core';
import type Docker from 'dockerode';
import type { DockerOptions } from './docker-options.ts';
import { LABEL } from './labels.ts';

/** What a sandbox says of its container. */
export interface ContainerFacts {
  readonly image: string;
  readonly workspacePath: string;
  readonly limits: Limits;
  /** Who runs programs. */
  readonly user: string;
  readonly network: string;
  readonly writableRoot: boolean;
}

/** What the container itself says, where it was made with other options than `options`. */
export function inspectedFacts(info: Docker.ContainerInspectInfo, options: DockerOptions): ContainerFacts {
  const { Config, HostConfig } = info;
  const workspacePath = Config.WorkingDir || options.workspacePath;
  const [, size] = /(?:^|,)size=(\d+)(?:,|$)/.exec(HostConfig.Tmpfs?.[workspacePath] ?? '') ?? [];
  return {
    image: Config.Image,
    user: Config.Labels[LABEL.user] ?? options.user,
    workspacePath,
    network: HostConfig.NetworkMode ?? options.network,
    writableRoot: HostConfig.ReadonlyRootfs !== true,
    limits: {
      cpus: HostConfig.NanoCpus ? HostConfig.NanoCpus / 1e9 : options.limits.cpus,
      memoryBytes: HostConfig.Memory || options.limits.memoryBytes,
      processes: HostConfig.PidsLimit || options.limits.processes,
      workspaceBytes: size === undefined ? options.limits.workspaceBytes : Number(size),
      // Counted by this client, not by the container.
      outputBytes: options.limits.outputBytes,
    },
  };
}
