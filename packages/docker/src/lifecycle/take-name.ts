import type Docker from 'dockerode';
import { statusOf, toSandpodError } from '../client/docker-error.ts';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';

/** Gives a sandbox's container its name; false when another one has it. Unless it gets the name, the container is removed. */
export async function takeName(docker: Docker, options: { readonly sandbox: DockerSandbox; readonly name: string }): Promise<boolean> {
  const { sandbox, name } = options;
  const error = await docker
    .getContainer(sandbox.containerId)
    .rename({ name })
    .then(
      () => undefined,
      (caught: unknown) => caught ?? new Error('no reason was given'),
    );
  if (error === undefined) return true;
  sandbox.autoRemove = true;
  await sandbox[Symbol.asyncDispose]();
  if (statusOf(error) === 409) return false;
  throw toSandpodError(error, `give the container the name ${name}`);
}
