import { setTimeout as pause } from 'node:timers/promises';
import { SandpodError } from '@sandpod/core';
import { abortable, isDue } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { statusOf, toSandpodError } from '../client/docker-error.ts';
import { fingerprintOf } from '../manifest/fingerprint.ts';
import { LABEL, labelledExpiry } from '../manifest/labels.ts';
import type { DockerOptions } from '../options/docker-options-schema.ts';
import { keeperOf } from './describe-sandboxes.ts';
import type { Keeper } from './keeper.ts';
import { removeContainer } from './remove-container.ts';

/** Milliseconds between two checks of a container that is starting or being removed. */
const LOOK_AGAIN_MS = 100;

export interface FindNamedOptions {
  readonly name: string;
  /**
   * If true, a live container that was created with the same options is returned. If false, any live container with the name causes an
   * error.
   */
  readonly isShared: boolean;
  readonly options: DockerOptions;
  readonly abortSignal: AbortSignal;
}

/**
 * Finds the live container that has the name and may be reused. Returns undefined once the name is free. If a container that sandpod
 * created has ended or is being removed, waits until it is gone.
 *
 * @throws {SandpodError} `sandbox-exists` if the container is paused, was not created by sandpod, was created with other options, or cannot
 * be shared.
 */
export async function findNamed(docker: Docker, wanted: FindNamedOptions): Promise<Docker.ContainerInspectInfo | undefined> {
  const { name, abortSignal } = wanted;
  for (;;) {
    abortSignal.throwIfAborted();
    const found = await inspectByName(docker, name, abortSignal);
    if (found === undefined) return undefined;
    if (found.Config.Labels[LABEL.managed] !== 'true') throw foreign(name);
    const state = await stateOf(docker, found);
    if (state === 'running') return admit(found, wanted);
    if (state === 'paused') throw paused(name);
    if (state === 'ended') await abortable(removeContainer(docker.getContainer(found.Id)), abortSignal);
    await pause(LOOK_AGAIN_MS, undefined, { signal: abortSignal }).catch(() => {});
  }
}

async function inspectByName(docker: Docker, name: string, abortSignal: AbortSignal): Promise<Docker.ContainerInspectInfo | undefined> {
  try {
    return await abortable(docker.getContainer(name).inspect(), abortSignal);
  } catch (error) {
    abortSignal.throwIfAborted();
    // The daemon also answers 404 if the name is the prefix of the id of a container that was just removed.
    if (statusOf(error) === 404) return undefined;
    throw toSandpodError(error, `find the container ${name}`, 'transport');
  }
}

type NamedState = 'running' | 'paused' | 'starting' | 'ended';

/** Returns the container's state. Docker's `Running` is true even for a container that is being removed. */
async function stateOf(docker: Docker, { Id, Created, Config, State }: Docker.ContainerInspectInfo): Promise<NamedState> {
  const { Status, Running, Paused } = State as Docker.ContainerInspectInfo['State'] & { readonly Status: string };
  const { Labels } = Config;
  const expiresMs = labelledExpiry(Labels);
  const isOverdue = isDue({ createdMs: Date.parse(Created), ...(expiresMs !== undefined && { expiresMs }), state: 'starting' }, {});
  if (Status === 'created') return isOverdue ? 'ended' : 'starting';
  if (!Running || Status === 'removing') return 'ended';
  if (Paused) return 'paused';
  return isOverdue && (await hasExpired(keeperOf(docker, { Id, Labels }))) ? 'ended' : 'running';
}

async function hasExpired(keeper: Keeper): Promise<boolean> {
  const { expiresMs = Number.POSITIVE_INFINITY } = (await keeper.look()) ?? {};
  return Date.now() >= expiresMs;
}

function admit(found: Docker.ContainerInspectInfo, { name, isShared, options }: FindNamedOptions): Docker.ContainerInspectInfo {
  if (!isShared) {
    throw exists(`A running container is already named ${name}; its sandbox id is ${found.Config.Labels[LABEL.id]}.`, {
      advice: `Attach to it with attach({ id }), reuse it with containerName and autoRemove: false, or choose another name.`,
    });
  }
  if (found.Config.Labels[LABEL.options] === fingerprintOf(options)) return found;
  throw exists(`The running container named ${name} was created with other options.`, {
    advice: `Use the same options, choose another containerName, or remove the container: docker rm -f ${name}`,
  });
}

function foreign(name: string): SandpodError {
  return exists(`A container named ${name} exists, and sandpod did not create it.`, {
    advice: `Choose another name. If that container is no longer needed, remove it: docker rm -f ${name}`,
  });
}

function paused(name: string): SandpodError {
  return exists(`The container named ${name} is paused.`, { advice: `Resume it: docker unpause ${name}` });
}

function exists(message: string, { advice }: { readonly advice: string }): SandpodError {
  return new SandpodError({ code: 'sandbox-exists', message, advice });
}
