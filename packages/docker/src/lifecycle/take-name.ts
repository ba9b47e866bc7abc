import type Docker from 'dockerode';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import { renameContainer } from './rename-container.ts';

/** Renames a sandbox's container. Returns false if the name is taken. If the rename does not succeed, the container is removed. */
export async function takeName(docker: Docker, options: { readonly sandbox: DockerSandbox; readonly name: string }): Promise<boolean> {
  const { sandbox, name } = options;
  let isNamed = false;
  try {
    isNamed = await renameContainer(docker.getContainer(sandbox.containerId), name);
  } finally {
    if (!isNamed) await sandbox[Symbol.asyncDispose]();
  }
  return isNamed;
}
