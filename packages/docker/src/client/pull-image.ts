import type { OnProgress } from '@sandpod/core';
import type Docker from 'dockerode';
import { z } from 'zod';
import { toSandpodError } from './docker-error.ts';

const eventSchema = z.object({
  status: z.string().optional(),
  id: z.string().optional(),
  error: z.string().optional(),
  progressDetail: z.object({ current: z.number().optional(), total: z.number().optional() }).optional(),
});

/** Pulls an image and tells of it. @throws {SandpodError} `start-failed` with the registry's own words. */
export async function pullImage(
  docker: Docker,
  options: { readonly image: string; readonly onProgress?: OnProgress | undefined; readonly abortSignal?: AbortSignal | undefined },
): Promise<void> {
  const { image, onProgress, abortSignal } = options;
  onProgress?.({ phase: 'pulling', message: `Pulling the image ${image}.` });
  try {
    const stream = await docker.pull(image, abortSignal === undefined ? {} : { abortSignal });
    await followPull(docker, { stream, image, onProgress });
  } catch (error) {
    abortSignal?.throwIfAborted();
    throw toSandpodError(error, `pull the image ${image}`);
  }
}

function followPull(
  docker: Docker,
  options: { readonly stream: NodeJS.ReadableStream; readonly image: string; readonly onProgress: OnProgress | undefined },
): Promise<void> {
  const { stream, image, onProgress } = options;
  const layers = new Map<string, { readonly current: number; readonly total: number }>();
  return new Promise((resolve, reject) => {
    const onEvent = (value: unknown): void => {
      const { status = '', id, progressDetail, error } = eventSchema.parse(value);
      if (error !== undefined) return;
      if (id !== undefined && progressDetail?.total) layers.set(id, { current: progressDetail.current ?? 0, total: progressDetail.total });
      const fraction = fractionOf([...layers.values()]);
      onProgress?.({ phase: 'pulling', message: `Pulling the image ${image}: ${status}`, ...(fraction === undefined ? {} : { fraction }) });
    };
    docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()), onEvent);
  });
}

function fractionOf(layers: readonly { readonly current: number; readonly total: number }[]): number | undefined {
  const total = layers.reduce((sum, layer) => sum + layer.total, 0);
  return total === 0 ? undefined : layers.reduce((sum, layer) => sum + layer.current, 0) / total;
}
