import { setTimeout as pause } from 'node:timers/promises';
import { SandpodError } from '@sandpod/core';
import { abortable, isDue } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { statusOf, toSandpodError } from '../client/docker-error.ts';
import type { DockerOptions } from '../manifest/docker-options.ts';
import { fingerprintOf } from '../manifest/fingerprint.ts';
import { LABEL } from '../manifest/labels.ts';
import { removeContainer } from './remove-container.ts';

/** Milliseconds between two looks at a container that is on its way in or out. */
const LOOK_AGAIN_MS = 100;

export interface NamedContainerOptions {
  readonly name: string;
  /** The id that the caller asked for, if any. */
  readonly id?: string | undefined;
  readonly options: DockerOptions;
  readonly abortSignal: AbortSignal;
}

/**
 * Looks for a container that has the wanted name: a living one that may be used again, or undefined once the name is free.
 * One of ours that has ended, or is being removed, is waited for.
 *
 * @throws {SandpodError} `sandbox-exists` for one that is another's, is in use, or was made with other options.
 */
export async function findNamedContainer(docker: Docker, wanted: NamedContainerOptions): Promise<Docker.ContainerInspectInfo | undefined> {
  const { name, abortSignal } = wanted;
  for (;;) {
    abortSignal.throwIfAborted();
    const found = await inspectByName(docker, name, abortSignal);
    if (found === undefined) return undefined;
    if (found.Config.Labels[LABEL.managed] !== 'true') throw foreign(name);
    const state = stateOf(found);
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
    // 404 also when the name is a prefix of an id that just went away.
    if (statusOf(error) === 404) return undefined;
    throw toSandpodError(error, `look for the container ${name}`, 'transport');
  }
}

type NamedState = 'running' | 'paused' | 'starting' | 'ended';

/** Docker says `Running` of a container that is being removed, too. */
function stateOf({ Created, Config, State }: Docker.ContainerInspectInfo): NamedState {
  const { Status, Running, Paused } = State as Docker.ContainerInspectInfo['State'] & { readonly Status: string };
  const expiresMs = Number(Config.Labels[LABEL.expires]);
  const info = { createdMs: Date.parse(Created), ...(Number.isFinite(expiresMs) ? { expiresMs } : {}) };
  if (Status === 'created') return isDue({ ...info, state: 'starting' }, {}) ? 'ended' : 'starting';
  if (!Running || Status === 'removing' || isDue({ ...info, state: 'running' }, {})) return 'ended';
  return Paused ? 'paused' : 'running';
}

function admit(found: Docker.ContainerInspectInfo, { name, id, options }: NamedContainerOptions): Docker.ContainerInspectInfo {
  const foundId = found.Config.Labels[LABEL.id];
  if (options.autoRemove || (id !== undefined && id !== foundId)) {
    throw exists(`A living container named ${name} exists already; it is the sandbox ${foundId}.`, {
      advice: `Attach to it with attach({ id }), use it again with autoRemove: false, or choose another containerName.`,
    });
  }
  if (found.Config.Labels[LABEL.options] === fingerprintOf(options)) return found;
  throw exists(`The living container named ${name} was made with other options than those given now.`, {
    advice: `Give the same options, choose another containerName, or remove it: docker rm -f ${name}`,
  });
}

function foreign(name: string): SandpodError {
  return exists(`A container named ${name} exists that sandpod did not make.`, {
    advice: `Choose another containerName; only when that container is no longer needed: docker rm -f ${name}`,
  });
}

function paused(name: string): SandpodError {
  return exists(`The container named ${name} is paused.`, { advice: `Let it go on: docker unpause ${name}` });
}

function exists(message: string, { advice }: { readonly advice: string }): SandpodError {
  return new SandpodError({ code: 'sandbox-exists', message, advice });
}
