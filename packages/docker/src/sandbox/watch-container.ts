import { setTimeout as pause } from 'node:timers/promises';
import type Docker from 'dockerode';
import { statusOf } from '../client/docker-error.ts';
import { endReason } from './end-reason.ts';

/** Milliseconds between two attempts to reach the daemon after a connection broke. */
const RETRY_MS = 1_000;

export interface WatchOptions {
  readonly abortSignal: AbortSignal;
  /** Called once, with a sentence about how the container ended. */
  readonly onEnd: (reason: string) => void;
}

/** Waits until a container ends or the signal aborts. Reconnects if the daemon restarts. */
export async function watchContainer(container: Docker.Container, options: WatchOptions): Promise<void> {
  const { abortSignal, onEnd } = options;
  while (!abortSignal.aborted) {
    const reason = await endOf(container, abortSignal);
    if (abortSignal.aborted) return;
    if (reason !== undefined) return onEnd(reason);
    await pause(RETRY_MS, undefined, { ref: false, signal: abortSignal }).catch(() => {});
  }
}

/** Returns the reason why the container ended, or undefined if the daemon could not be reached. */
async function endOf(container: Docker.Container, abortSignal: AbortSignal): Promise<string | undefined> {
  try {
    const { StatusCode } = (await container.wait({ condition: 'not-running', abortSignal })) as { StatusCode: number };
    return endReason(StatusCode);
  } catch (error) {
    return statusOf(error) === 404 ? 'The container was removed.' : undefined;
  }
}
