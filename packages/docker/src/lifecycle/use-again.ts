import { abortable } from '@sandpod/core/backend';
import { inspectedFacts } from '../manifest/container-facts.ts';
import { LABEL } from '../manifest/labels.ts';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import type { TimedCreateOptions } from './container-plan.ts';
import { findNamedContainer } from './find-named-container.ts';
import type { Machinery } from './machinery.ts';
import { openSandbox } from './open-sandbox.ts';

export interface UseAgainOptions {
  readonly create: TimedCreateOptions;
  /** The container's name. */
  readonly name: string;
}

/** The living container of this name as a sandbox; undefined once the name is free. */
export async function useAgain(machinery: Machinery, { create, name }: UseAgainOptions): Promise<DockerSandbox | undefined> {
  const { docker, options } = machinery;
  const { name: id, onProgress, abortSignal } = create;
  const info = await findNamedContainer(docker, { name, id, options, abortSignal });
  if (info === undefined) return undefined;
  const sandbox = openSandbox(machinery, {
    container: docker.getContainer(info.Id),
    id: info.Config.Labels[LABEL.id] ?? info.Id,
    facts: inspectedFacts(info, options),
  });
  try {
    await abortable(sandbox.warm(abortSignal), abortSignal);
  } catch (error) {
    await sandbox[Symbol.asyncDispose]();
    throw error;
  }
  onProgress?.({ phase: 'ready', message: `The container ${name} is running already.` });
  return sandbox;
}
