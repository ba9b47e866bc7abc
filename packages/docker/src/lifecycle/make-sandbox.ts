import { abortable } from '@sandpod/core/backend';
import { HiddenShell } from '@sandpod/launcher';
import type Docker from 'dockerode';
import { type CreatedContainer, createContainer } from '../client/create-container.ts';
import { statusOf, toSandpodError } from '../client/docker-error.ts';
import { containerSpec } from '../manifest/container-spec.ts';
import { boundDirectory } from '../options/bound-directory.ts';
import { HIDDEN_SHELL_DIRECTORY } from '../options/reserved-names.ts';
import { workspaceBytesOf } from '../options/workspace-bytes.ts';
import { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import { type ContainerPlan, expiryOf, type TimedCreateOptions } from './container-plan.ts';
import type { Machinery } from './machinery.ts';
import { makeWorkDirectory } from './make-work-directory.ts';
import { openSandbox } from './open-sandbox.ts';
import { cleanUp } from './remove-container.ts';
import { startContainer } from './start-container.ts';
import { takeName } from './take-name.ts';
import { useAgain } from './use-again.ts';

export interface MakeOptions {
  readonly create: TimedCreateOptions;
  readonly plan: ContainerPlan;
}

/**
 * Creates and starts the planned container. If another process has created a container with that name in the meantime, reuses that
 * container.
 */
export async function makeSandbox(machinery: Machinery, { create, plan }: MakeOptions): Promise<DockerSandbox> {
  const { containerName: name, id, isShared } = plan;
  if (!isShared) return start(machinery, { create, plan });
  for (;;) {
    const sandbox = await start(machinery, { create, plan: { ...plan, containerName: `${name}.${id}` } });
    if (await takeName(machinery.docker, { sandbox, name })) return sandbox;
    const kept = await useAgain(machinery, { create, name, isShared });
    if (kept !== undefined) return kept;
  }
}

async function start(machinery: Machinery, { create, plan }: MakeOptions): Promise<DockerSandbox> {
  const { docker, options, notes } = machinery;
  const { name, labels, isClaimable, onProgress, abortSignal } = create;
  const { containerName, id, image } = plan;
  const expiresInMs = expiryOf(machinery, create);
  onProgress?.({ phase: 'creating', message: `Creating the container ${containerName} from ${options.image}.` });
  await makeWorkDirectory(options);
  const instance = { id, labels, isClaimable, expiresInMs, nowMs: Date.now(), imageVolumes: image.volumes };
  // Runs in parallel with the creation, so that reading the version takes no extra time.
  const learned = notes.learnVersion(docker);
  const made = await createOrUseAgain(machinery, { create, name: containerName, spec: containerSpec(options, instance) });
  if (made instanceof DockerSandbox) return made;
  const { container, warnings } = made;
  notes.warnings = warnings;
  notes.noteExpiry(expiresInMs);
  const hiddenShell = new HiddenShell({ directory: HIDDEN_SHELL_DIRECTORY, isAwaited: true });
  const facts = { ...options, limits: { ...options.limits, workspaceBytes: workspaceBytesOf(options) } };
  const open = (): DockerSandbox => openSandbox(machinery, { container, id, name, labels, facts, leftovers: 'end', hiddenShell });
  const sandbox = await startContainer(container, { open, bound: boundDirectory(options), options, onProgress, abortSignal });
  await learned;
  return sandbox;
}

interface NamedSpec {
  readonly create: TimedCreateOptions;
  readonly name: string;
  readonly spec: Docker.ContainerCreateOptions;
}

/** Creates the container. Retries while other processes take and free the name. */
async function createOrUseAgain(machinery: Machinery, { create, name, spec }: NamedSpec): Promise<CreatedContainer | DockerSandbox> {
  for (;;) {
    try {
      return await createOrCleanUp(machinery, { create, name, spec });
    } catch (error) {
      if (create.abortSignal.aborted) throw error;
      if (statusOf(error) !== 409) throw toSandpodError(error, `create a container from ${machinery.options.image}`);
    }
    const kept = await useAgain(machinery, { create, name, isShared: false });
    if (kept !== undefined) return kept;
  }
}

/** Creates the container. If the daemon completes the creation only after an abort, the container is removed. */
async function createOrCleanUp({ docker }: Machinery, { create, name, spec }: NamedSpec): Promise<CreatedContainer> {
  const created = createContainer(docker, { name, spec });
  try {
    return await abortable(created, create.abortSignal);
  } catch (error) {
    await cleanUp(created.then(({ container }) => container));
    throw error;
  }
}
