import { abortable } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { statusOf, toSandpodError } from './docker-error.ts';

/** What matters of an image. */
export interface ImageFacts {
  /** Directories that the image declares as volumes. */
  readonly volumes: readonly string[];
}

/** Undefined when the daemon does not have the image. */
export async function findImage(
  docker: Docker,
  options: { readonly image: string; readonly abortSignal?: AbortSignal },
): Promise<ImageFacts | undefined> {
  const { image, abortSignal } = options;
  try {
    const { Config } = await abortable(docker.getImage(image).inspect(), abortSignal);
    return { volumes: Object.keys(Config?.Volumes ?? {}) };
  } catch (error) {
    abortSignal?.throwIfAborted();
    if (statusOf(error) === 404) return undefined;
    throw toSandpodError(error, `look at the image ${image}`);
  }
}
