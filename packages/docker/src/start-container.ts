import { abortable, type OnProgress, SandpodError } from '@sandpod/core';
import type Docker from 'dockerode';
import { toSandpodError } from './client/docker-error.ts';
import type { DockerSandbox } from './docker-sandbox.ts';
import { removeContainer } from './remove-container.ts';

export interface StartContainerOptions {
  readonly open: () => DockerSandbox;
  readonly initCommand?: string | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly abortSignal: AbortSignal;
}

/** Makes a sandbox of a container that was created; when that fails the container is gone. */
export async function startContainer(container: Docker.Container, options: StartContainerOptions): Promise<DockerSandbox> {
  const { open, initCommand, onProgress, abortSignal } = options;
  try {
    onProgress?.({ phase: 'starting', message: 'Starting the container.' });
    await abortable(start(container), abortSignal);
    const sandbox = open();
    await abortable(sandbox.warm(abortSignal), abortSignal);
    if (initCommand !== undefined) await initialize(sandbox, { initCommand, abortSignal });
    onProgress?.({ phase: 'ready', message: 'The container is ready.' });
    return sandbox;
  } catch (error) {
    await removeContainer(container);
    throw error;
  }
}

async function start(container: Docker.Container): Promise<void> {
  try {
    await container.start();
  } catch (error) {
    throw toSandpodError(error, 'start the container');
  }
}

async function initialize(
  sandbox: DockerSandbox,
  options: { readonly initCommand: string; readonly abortSignal: AbortSignal },
): Promise<void> {
  const { initCommand, abortSignal } = options;
  const { exitCode, stderr } = await sandbox.run({ command: initCommand, abortSignal });
  if (exitCode === 0) return;
  throw new SandpodError({
    code: 'start-failed',
    message: `initCommand ended with exit code ${exitCode}: ${stderr.slice(0, 1_000)}`,
    isRetryable: false,
  });
}
