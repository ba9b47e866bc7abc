import { abortable } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { statusOf, toSandpodError } from './docker-error.ts';

/** Facts about an image that affect the containers created from it. */
export interface ImageFacts {
  /** The directories that the image declares as volumes. */
  readonly volumes: readonly string[];
}

/** Inspects an image on the daemon. Returns undefined if the daemon does not have the image. */
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
    throw toSandpodError(error, `inspect the image ${image}`);
  }
}
