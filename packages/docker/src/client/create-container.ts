import { abortable } from '@sandpod/core';
import type Docker from 'dockerode';
import { cleanUp } from '../remove-container.ts';

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
    await cleanUp(created.then(({ container }) => container));
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
