import { type CreateOptions, SandpodError } from '@sandpod/core';
import { findImage, type ImageFacts } from '../client/find-image.ts';
import { pullImage } from '../client/pull-image.ts';
import type { Machinery } from './machinery.ts';

/** Pulls the image that the options specify. @throws {SandpodError} `start-failed` with the registry's message. */
export async function provideImage({ docker, options }: Machinery, create: CreateOptions): Promise<ImageFacts> {
  const { image } = options;
  const { onProgress, abortSignal } = create;
  await pullImage(docker, { image, onProgress, abortSignal });
  const found = await findImage(docker, { image });
  if (found !== undefined) return found;
  throw new SandpodError({ code: 'start-failed', message: `The daemon pulled the image ${image} but does not have it.` });
}
