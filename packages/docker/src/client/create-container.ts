import type Docker from 'dockerode';

export interface CreateContainerOptions {
  readonly name: string;
  readonly spec: Docker.ContainerCreateOptions;
}

export interface CreatedContainer {
  readonly container: Docker.Container;
  /** The daemon's warnings about settings that it could not apply. */
  readonly warnings: readonly string[];
}

/**
 * Creates a container.
 *
 * This function sends the request itself, because dockerode's `createContainer` repeats the whole request in the URL, including the values
 * of all variables, and discards the warnings.
 */
export function createContainer(docker: Docker, options: CreateContainerOptions): Promise<CreatedContainer> {
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
