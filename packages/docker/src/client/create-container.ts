import { setTimeout as pause } from 'node:timers/promises';
import { abortable } from '@sandpod/core';
import type Docker from 'dockerode';
import { removeContainer } from '../remove-container.ts';

/** Milliseconds that an aborted caller waits for the removal of what the daemon was making. */
const CLEAN_UP_MS = 1_500;

export interface CreateContainerOptions {
  readonly name: string;
  readonly spec: Docker.ContainerCreateOptions;
  readonly abortSignal: AbortSignal;
}

export interface CreatedContainer {
  readonly container: Docker.Container;
  /** What the daemon could not apply, in its own words. */
  readonly warnings: readonly string[];
}

/** Creates a container; one that the daemon completes after the abort is removed. */
export async function createContainer(docker: Docker, options: CreateContainerOptions): Promise<CreatedContainer> {
  const created = requestContainer(docker, options);
  try {
    return await abortable(created, options.abortSignal);
  } catch (error) {
    const removed = created.then(({ container }) => removeContainer(container)).catch(() => {});
    await Promise.race([removed, pause(CLEAN_UP_MS, undefined, { ref: false })]);
    throw error;
  }
}

/** Not dockerode's own call: that one puts the whole request, values of variables included, into the URL too and drops the warnings. */
function requestContainer(docker: Docker, options: CreateContainerOptions): Promise<CreatedContainer> {
  const { name, spec } = options;
  const { promise, resolve, reject } = Promise.withResolvers<CreatedContainer>();
  docker.modem.dial(
    {
      path: '/containers/create?',
      method: 'POST',
      options: { _query: { name }, _body: spec },
      statusCodes: { 201: true, 400: 'bad parameter', 404: 'no such image', 409: 'conflict', 500: 'server error' },
    },
    (error, result) => {
      if (error) return reject(error);
      const { Id, Warnings } = result as { readonly Id: string; readonly Warnings?: readonly string[] | null };
      resolve({ container: docker.getContainer(Id), warnings: Warnings ?? [] });
    },
  );
  return promise;
}
