import { SandpodError } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { statusOf, toSandpodError } from '../client/docker-error.ts';
import { containerNameOf } from '../manifest/container-name.ts';
import { listContainers } from './list-containers.ts';

/** Identifies a sandbox by its id or by the name that the caller chose. */
export interface Reference {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** Finds the running container of a sandbox. @throws {SandpodError} `sandbox-not-found`, `transport`. @throws the abort reason. */
export async function findRunning(docker: Docker, reference: Reference): Promise<Docker.ContainerInspectInfo> {
  const { id, name, abortSignal } = reference;
  const selection = name === undefined ? { id } : { name: containerNameOf({ id: '', name }) };
  const [found] = await abortable(listContainers(docker, selection), abortSignal);
  if (found?.State !== 'running') throw notFound(reference);
  try {
    return await abortable(docker.getContainer(found.Id).inspect(), abortSignal);
  } catch (error) {
    abortSignal?.throwIfAborted();
    throw statusOf(error) === 404 ? notFound(reference) : toSandpodError(error, 'inspect the container', 'transport');
  }
}

function notFound({ id, name }: Reference): SandpodError {
  const message = name === undefined ? `No running container has the sandbox id ${id}.` : `No running sandbox has the name ${name}.`;
  return new SandpodError({ code: 'sandbox-not-found', message, details: { id, name } });
}
