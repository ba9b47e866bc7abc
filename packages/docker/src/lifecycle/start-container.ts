import { setTimeout as pause } from 'node:timers/promises';
import { type OnProgress, ProcessLost, SandpodError } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { toSandpodError } from '../client/docker-error.ts';
import type { DockerOptions } from '../manifest/docker-options.ts';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import { cleanUp } from './remove-container.ts';

/** Milliseconds within which a container that has just ended is known to have ended. */
const END_KNOWN_MS = 1_000;
const NEEDS = 'Use an image that has sh, sleep, cat and dd on its PATH, for the user that runs programs; busybox is enough.';

export interface StartContainerOptions {
  readonly open: () => DockerSandbox;
  readonly options: Pick<DockerOptions, 'initCommand' | 'image' | 'user'>;
  /** The directory of the host that is the workspace, where there is one. */
  readonly bound?: string | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly abortSignal: AbortSignal;
}

/** Makes a sandbox of a container that was created; when that fails the container is gone. */
export async function startContainer(container: Docker.Container, start: StartContainerOptions): Promise<DockerSandbox> {
  const { open, onProgress, abortSignal } = start;
  try {
    onProgress?.({ phase: 'starting', message: 'Starting the container.' });
    await abortable(startProcess(container, start), abortSignal);
    const sandbox = open();
    await abortable(warm(sandbox, start), abortSignal);
    await prepare(sandbox, start);
    onProgress?.({ phase: 'ready', message: 'The container is ready.' });
    return sandbox;
  } catch (error) {
    await cleanUp(Promise.resolve(container));
    throw error;
  }
}

async function startProcess(container: Docker.Container, { options }: StartContainerOptions): Promise<void> {
  try {
    await container.start();
  } catch (cause) {
    const error = toSandpodError(cause, 'start the container');
    if (!/exec: \\?"?sh\\?"?: /.test(error.message)) throw error;
    throw new SandpodError({
      code: 'start-failed',
      message: `The image ${options.image} has no shell: ${error.message}`,
      advice: NEEDS,
      isRetryable: false,
      cause,
    });
  }
}

async function warm(sandbox: DockerSandbox, { options, abortSignal }: StartContainerOptions): Promise<void> {
  try {
    await sandbox.warm(abortSignal);
  } catch (cause) {
    abortSignal.throwIfAborted();
    const ended = await Promise.race([sandbox.lost, pause(END_KNOWN_MS, undefined, { ref: false })]);
    if (ended === undefined) throw cause;
    throw new SandpodError({
      code: 'start-failed',
      message: `The container of ${options.image} ended before a program could run in it: ${ended}`,
      advice: NEEDS,
      isRetryable: false,
      cause,
    });
  }
}

async function prepare(sandbox: DockerSandbox, start: StartContainerOptions): Promise<void> {
  const { bound, abortSignal, options } = start;
  if (bound !== undefined) await requireWritable(sandbox, start);
  const { initCommand } = options;
  if (initCommand === undefined) return;
  const { exitCode, stderr } = await sandbox.run({ command: initCommand, abortSignal }).catch((cause: unknown) => {
    throw ProcessLost.isInstance(cause) ? initCut(cause) : cause;
  });
  if (exitCode === 0) return;
  throw new SandpodError({
    code: 'start-failed',
    message: `initCommand ended with exit code ${exitCode}: ${stderr.slice(0, 1_000)}`,
    isRetryable: false,
  });
}

function initCut(cause: ProcessLost): SandpodError {
  const message = `initCommand did not come to its end: ${cause.reason}`;
  return new SandpodError({ code: 'start-failed', message, advice: 'Let it do less, or raise the limit that it met.', cause });
}

async function requireWritable(sandbox: DockerSandbox, { bound, options, abortSignal }: StartContainerOptions): Promise<void> {
  const { exitCode } = await sandbox.run({ command: 'test -w .', abortSignal });
  if (exitCode === 0) return;
  throw new SandpodError({
    code: 'start-failed',
    message: `Expected a workspace that user ${options.user} may write to; ${bound} of the daemon's machine is not.`,
    advice: `Give it to that user (chown ${options.user} ${bound}), or name its owner in the user option.`,
    isRetryable: false,
  });
}
