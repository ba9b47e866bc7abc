import { setTimeout as pause } from 'node:timers/promises';
import { type OnProgress, ProcessLost, SandpodError } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import { findForeignOwner } from '@sandpod/launcher';
import type Docker from 'dockerode';
import { toSandpodError } from '../client/docker-error.ts';
import type { DockerOptions } from '../options/docker-options-schema.ts';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import { cleanUp } from './remove-container.ts';

/** The maximum time that sandpod needs to notice the end of a container, in milliseconds. */
const END_KNOWN_MS = 1_000;
const NEEDS =
  'Use an image whose PATH contains sh, sleep, cat, dd, chmod, mkdir and mv, and in which the user of the programs may execute them. busybox is enough.';

export interface StartContainerOptions {
  readonly open: () => DockerSandbox;
  readonly options: Pick<DockerOptions, 'initCommand' | 'image' | 'user'>;
  /** The host directory that is mounted as the workspace, if any. */
  readonly bound?: string | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly abortSignal: AbortSignal;
}

/** Starts a created container and opens a sandbox in it. If that fails, the container is removed. */
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
      message: `The container from ${options.image} ended before a program could run in it: ${ended}`,
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
  const message = `initCommand was ended before it had finished: ${cause.reason}`;
  return new SandpodError({ code: 'start-failed', message, advice: 'Shorten the command, or raise the limit that it reached.', cause });
}

async function requireWritable(sandbox: DockerSandbox, { bound, options, abortSignal }: StartContainerOptions): Promise<void> {
  const owner = await findForeignOwner(sandbox, { abortSignal });
  if (owner === undefined) return;
  throw new SandpodError({
    code: 'start-failed',
    message: `User ${options.user} cannot write to the workspace, ${bound} on the daemon's machine${owner}.`,
    advice: `Change its owner (chown ${options.user} ${bound}), or set the user option to its owner.`,
    isRetryable: false,
  });
}
