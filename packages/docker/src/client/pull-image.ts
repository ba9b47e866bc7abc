import { addAbortListener } from 'node:events';
import { type OnProgress, SandpodError } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { z } from 'zod';
import { toSandpodError } from './docker-error.ts';
import { findRegistryCredentials, type RegistryCredentials } from './registry-credentials.ts';

const eventSchema = z.object({
  status: z.string().default(''),
  id: z.string().optional(),
  progressDetail: z.object({ current: z.number().default(0), total: z.number().default(0) }).optional(),
});

export interface PullOptions {
  readonly image: string;
  readonly onProgress?: OnProgress | undefined;
  /** An abort closes the connection, and the daemon then stops the pull. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** Pulls an image and reports progress. @throws {SandpodError} `start-failed` with the registry's message. */
export async function pullImage(docker: Docker, options: PullOptions): Promise<void> {
  const { image, onProgress, abortSignal } = options;
  onProgress?.({ phase: 'pulling', message: `Pulling the image ${image}.` });
  const credentials = await abortable(findRegistryCredentials(image, { abortSignal }), abortSignal);
  const { authconfig } = credentials;
  try {
    const stream = await docker.pull(image, { ...(authconfig && { authconfig }), ...(abortSignal && { abortSignal }) });
    await followPull(docker, stream, options);
  } catch (error) {
    abortSignal?.throwIfAborted();
    throw explainPull(error, image, credentials);
  }
}

const DENIED = /unauthorized|denied|authentication required|no basic auth credentials|authorization failed|\b40[13]\b/i;

const PULL_ADVICE =
  'Check the name of the image and whether the daemon can reach the registry. You can also load the image from a file with docker load.';

function explainPull(cause: unknown, image: string, { registry, authconfig, problem }: RegistryCredentials): SandpodError {
  const error = toSandpodError(cause, `pull the image ${image}`);
  const { code, message, isRetryable, details } = error;
  if (code !== 'start-failed') return error;
  if (!DENIED.test(message)) return new SandpodError({ code, message, advice: PULL_ADVICE, isRetryable, details, cause });
  const used = authconfig === undefined ? 'No credentials were sent' : 'The credentials of the Docker configuration were sent';
  return new SandpodError({
    code: 'start-failed',
    message: `${message}. ${used}${problem === undefined ? '' : `: ${problem}`}.`,
    advice: `Check the name, and log in: docker login${registry === '' ? '' : ` ${registry}`}`,
    isRetryable: false,
    cause,
  });
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
  const { abortSignal } = options;
  using _ = abortSignal && addAbortListener(abortSignal, () => reject(abortSignal.reason));
  try {
    docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()), onEvent);
    await promise;
  } finally {
    (stream as NodeJS.ReadableStream & { destroy(): void }).destroy();
  }
}

/**
 * Returns a function that reports the daemon's events as progress. The fraction covers only the layers that the daemon has reported so far.
 */
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
