import type { SandboxInfo } from '@sandpod/core';
import type Docker from 'dockerode';
import { toSandpodError } from './client/docker-error.ts';
import { LABEL } from './container-spec.ts';

/** Our containers, also those that have ended. */
export async function listContainers(docker: Docker, only: { readonly id?: string } = {}): Promise<Docker.ContainerInfo[]> {
  const label = [`${LABEL.managed}=true`, ...(only.id === undefined ? [] : [`${LABEL.id}=${only.id}`])];
  try {
    return await docker.listContainers({ all: true, filters: { label } });
  } catch (error) {
    throw toSandpodError(error, 'list containers', 'transport');
  }
}

export function infoOf(container: Docker.ContainerInfo): SandboxInfo {
  const expiresMs = Number(container.Labels[LABEL.expires]);
  return {
    id: container.Labels[LABEL.id] ?? container.Id,
    createdMs: container.Created * 1_000,
    ...(Number.isFinite(expiresMs) ? { expiresMs } : {}),
    state: container.State === 'running' ? 'running' : container.State === 'created' ? 'starting' : 'ended',
  };
}
