import { setTimeout as pause } from 'node:timers/promises';
import { SandpodError } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import { expiryOf, type TimedCreateOptions } from './container-plan.ts';
import { keeperOf } from './describe-sandboxes.ts';
import { findNamed } from './find-named.ts';
import type { Machinery } from './machinery.ts';
import { openInspected } from './open-sandbox.ts';

/**
 * The number of attempts to take over a container before the container is replaced, and the maximum milliseconds between two attempts. An
 * attempt may fail because another process is taking over the same container.
 */
const ATTEMPTS = 8;
const TRY_AGAIN_MS = 400;

export interface UseAgainOptions {
  readonly create: TimedCreateOptions;
  /** The container's name. */
  readonly name: string;
  /** If false, a live container with this name causes an error. */
  readonly isShared: boolean;
}

/**
 * Opens the running container that has the name, and ends all processes that the former owner left running. Returns undefined once the name
 * is free.
 *
 * @throws {SandpodError} `sandbox-exists` if the container cannot be shared.
 */
export async function useAgain(machinery: Machinery, options: UseAgainOptions): Promise<DockerSandbox | undefined> {
  const { create, name, isShared } = options;
  const { onProgress, abortSignal } = create;
  for (let attempt = 1; ; attempt += 1) {
    const info = await findNamed(machinery.docker, { name, isShared, options: machinery.options, abortSignal });
    if (info === undefined) return undefined;
    const sandbox = openInspected(machinery, info, 'end');
    try {
      await takeOver(machinery, { sandbox, info, create });
      onProgress?.({ phase: 'ready', message: `The container ${name} is already running.` });
      return sandbox;
    } catch (error) {
      if (abortSignal.aborted || !SandpodError.isInstance(error)) {
        await sandbox.detach({ leftovers: 'keep' }).catch(() => {});
        throw error;
      }
      if (attempt >= ATTEMPTS) await sandbox[Symbol.asyncDispose]();
      else await sandbox.detach({ leftovers: 'keep' }).catch(() => {});
    }
    await pause(Math.random() * TRY_AGAIN_MS, undefined, { signal: abortSignal }).catch(() => {});
  }
}

interface Takeover {
  readonly sandbox: DockerSandbox;
  readonly info: Docker.ContainerInspectInfo;
  readonly create: TimedCreateOptions;
}

async function takeOver(machinery: Machinery, { sandbox, info, create }: Takeover): Promise<void> {
  const { abortSignal } = create;
  await abortable(sandbox.endProcesses({ abortSignal }), abortSignal);
  const keeper = keeperOf(machinery.docker, { Id: info.Id, Labels: info.Config.Labels });
  await keeper.renew({ expiresInMs: expiryOf(machinery, create), abortSignal });
  await abortable(sandbox.warm(abortSignal), abortSignal);
}
