import type { SandboxInfo } from '@sandpod/core';
import type Docker from 'dockerode';
import { toSandpodError } from '../client/docker-error.ts';
import { LABEL } from '../manifest/labels.ts';

/** Our containers, also those that have ended. */
export async function listContainers(
  docker: Docker,
  only: { readonly id?: string; readonly status?: string; readonly name?: string } = {},
): Promise<Docker.ContainerInfo[]> {
  const status = only.status === undefined ? {} : { status: [only.status] };
  // Names begin with a slash; the daemon looks for a pattern.
  const name = only.name === undefined ? {} : { name: [`^/${only.name.replaceAll('.', '\\.')}$`] };
  const label = [`${LABEL.managed}=true`, ...(only.id === undefined ? [] : [`${LABEL.id}=${only.id}`])];
  try {
    return await docker.listContainers({ all: true, filters: { label, ...status, ...name } });
  } catch (error) {
    throw toSandpodError(error, 'list containers', 'transport');
  }
}

export function infoOf(container: Docker.ContainerInfo): SandboxInfo {
  const expiresMs = Number(container.Labels[LABEL.expires]);
  return {
    id: container.Labels[LABEL.id] ?? container.Id,
    labels: {},
    isClaimable: false,
    createdMs: container.Created * 1_000,
    ...(Number.isFinite(expiresMs) ? { expiresMs } : {}),
    state: stateOf(container.State),
  };
}

function stateOf(state: string): SandboxInfo['state'] {
  if (state === 'created') return 'starting';
  return state === 'running' || state === 'paused' ? 'running' : 'ended';
}
