import { type AttachOptions, SandpodError } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import { statusOf, toSandpodError } from '../client/docker-error.ts';
import { inspectedFacts } from '../manifest/container-facts.ts';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import { listContainers } from './list-containers.ts';
import type { Machinery } from './machinery.ts';
import { openSandbox } from './open-sandbox.ts';

/** Opens a sandbox that any process has created. */
export async function attachSandbox(machinery: Machinery, attach: AttachOptions): Promise<DockerSandbox> {
  const { abortSignal, id = attach.name ?? '' } = attach;
  const { docker, options } = machinery;
  const [found] = await abortable(listContainers(docker, { id }), abortSignal);
  if (found?.State !== 'running') throw notFound(id);
  const container = docker.getContainer(found.Id);
  try {
    const info = await abortable(container.inspect(), abortSignal);
    return openSandbox(machinery, { container, id, facts: inspectedFacts(info, options) });
  } catch (error) {
    abortSignal?.throwIfAborted();
    throw statusOf(error) === 404 ? notFound(id) : toSandpodError(error, 'look at the container', 'transport');
  }
}

function notFound(id: string): SandpodError {
  return new SandpodError({ code: 'sandbox-not-found', message: `No running container belongs to the sandbox ${id}.`, details: { id } });
}
