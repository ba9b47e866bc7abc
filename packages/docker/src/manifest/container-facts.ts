import type { Limits } from '@sandpod/core';
import type Docker from 'dockerode';
import type { DockerOptions } from '../options/docker-options-schema.ts';
import { KEEPER_DIRECTORY } from '../options/reserved-names.ts';
import { LABEL } from './labels.ts';

/** The properties of a container that its sandbox reports. */
export interface ContainerFacts {
  readonly image: string;
  readonly workspacePath: string;
  readonly limits: Limits;
  /** The user that runs programs. */
  readonly user: string;
  readonly network: string;
  readonly writableRoot: boolean;
}

/** Reads the properties from the container itself, because the container may have been created with options other than `options`. */
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
      // The client enforces this limit, not the container.
      outputBytes: options.limits.outputBytes,
    },
  };
}

/** Returns true if the keeper creates a hidden shell for launchers. Other programs cannot read this shell. */
export function hasHiddenShell({ HostConfig }: Docker.ContainerInspectInfo): boolean {
  return HostConfig.Tmpfs?.[KEEPER_DIRECTORY]?.includes('mode=0711') === true;
}
