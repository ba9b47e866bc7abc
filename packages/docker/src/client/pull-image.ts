import type { OnProgress } from '@sandpod/core';
import type Docker from 'dockerode';
import { z } from 'zod';
import { toSandpodError } from './docker-error.ts';

const eventSchema = z.object({
  status: z.string().default(''),
  id: z.string().optional(),
  progressDetail: z.object({ current: z.number().default(0), total: z.number().default(0) }).optional(),
});

export interface PullOptions {
  readonly image: string;
  readonly onProgress?: OnProgress | undefined;
  /** Hangs up, upon which the daemon stops the pull. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** Pulls an image and tells of it. @throws {SandpodError} `start-failed` with the registry's own words. */
export async function pullImage(docker: Docker, options: PullOptions): Promise<void> {
  const { image, onProgress, abortSignal } = options;
  onProgress?.({ phase: 'pulling', message: `Pulling the image ${image}.` });
  try {
    const stream = await docker.pull(image, abortSignal === undefined ? {} : { abortSignal });
    await followPull(docker, stream, options);
  } catch (error) {
    abortSignal?.throwIfAborted();
    throw toSandpodError(error, `pull the image ${image}`);
  }
}

async function followPull(docker: Docker, stream: NodeJS.ReadableStream, options: PullOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const report = progressReporter(options);
  const onEvent = (event: unknown): void => {
    try {
      report(event);
    } catch (error) {
      reject(error);
    }
  };
  const hangUp = (): void => reject(options.abortSignal?.reason);
  options.abortSignal?.addEventListener('abort', hangUp, { once: true });
  try {
    docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()), onEvent);
    await promise;
  } finally {
    options.abortSignal?.removeEventListener('abort', hangUp);
    (stream as NodeJS.ReadableStream & { destroy(): void }).destroy();
  }
}

/** Turns the daemon's events into progress; the fraction is that of all layers heard of so far. */
function progressReporter({ image, onProgress }: PullOptions): (event: unknown) => void {
  const layers = new Map<string, { readonly current: number; readonly total: number }>();
  return (event) => {
    const { data } = eventSchema.safeParse(event);
    if (data === undefined) return;
    const { status, id, progressDetail } = data;
    if (id !== undefined && progressDetail !== undefined && progressDetail.total > 0) layers.set(id, progressDetail);
    const fraction = fractionOf([...layers.values()]);
    onProgress?.({ phase: 'pulling', message: `Pulling the image ${image}: ${status}`, ...(fraction === undefined ? {} : { fraction }) });
  };
}

function fractionOf(layers: readonly { readonly current: number; readonly total: number }[]): number | undefined {
  const total = layers.reduce((sum, layer) => sum + layer.total, 0);
  return total === 0 ? undefined : Math.min(1, layers.reduce((sum, layer) => sum + layer.current, 0) / total);
}
