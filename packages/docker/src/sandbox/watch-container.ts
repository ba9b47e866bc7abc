import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import { statusOf } from '../client/docker-error.ts';

/** Milliseconds between two attempts to reach a daemon that broke off. */
const RETRY_MS = 1_000;

export interface WatchOptions {
  readonly abortSignal: AbortSignal;
  /** Told once how the container ended, one sentence. */
  readonly onEnd: (reason: string) => void;
}

/** Waits for the end of a container, also across restarts of the daemon, until the signal aborts. */
export async function watchContainer(container: Docker.Container, options: WatchOptions): Promise<void> {
  const { abortSignal, onEnd } = options;
  while (!abortSignal.aborted) {
    const reason = await endOf(container, abortSignal);
    if (abortSignal.aborted) return;
    if (reason !== undefined) return onEnd(reason);
    await pause(RETRY_MS, undefined, { ref: false, signal: abortSignal }).catch(() => {});
  }
}

/** Undefined: the daemon could not say. */
async function endOf(container: Docker.Container, abortSignal: AbortSignal): Promise<string | undefined> {
  try {
    const { StatusCode } = (await container.wait({ condition: 'not-running', abortSignal })) as { StatusCode: number };
    return `The container ended with status ${StatusCode}.`;
  } catch (error) {
    return statusOf(error) === 404 ? 'The container was removed.' : undefined;
  }
}
