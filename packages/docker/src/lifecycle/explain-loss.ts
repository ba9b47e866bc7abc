import { setTimeout as pause } from 'node:timers/promises';
import type { Limits } from '@sandpod/core';
import type { LossExplanation } from '@sandpod/launcher';
import type Docker from 'dockerode';
import { statusOf } from '../client/docker-error.ts';
import { endReason } from '../sandbox/end-reason.ts';

/** The exit code that the daemon reports for a program whose client disconnected, regardless of the program's actual exit code. */
const CLIENT_GONE_EXIT_CODE = 126;
const KILLED_EXIT_CODE = 137;
/**
 * The number of checks, and the milliseconds between them, to find out whether the container ended together with a program that was killed.
 */
const LOOKS = 10;
const LOOK_EVERY_MS = 100;

/** The number of processes and threads that the runtime needs to start an exec, with a margin. */
const EXEC_PROCESSES = 16;

interface PidsStats {
  readonly current?: number;
  readonly limit?: number;
}

const CONNECTION_LOST: LossExplanation = {
  outcome: 'transport',
  reason: 'The connection to the Docker daemon was lost. It is not known how the program ended.',
};

export interface ExplainLossOptions {
  readonly limits: Limits;
  /** The exit code that the daemon reported for the program, if any. */
  readonly exitCode: number | undefined;
}

/**
 * Finds out why a program ended without reporting an exit code. Returns undefined if the container's state does not explain the end of the
 * program.
 */
export async function explainLoss(container: Docker.Container, options: ExplainLossOptions): Promise<LossExplanation | undefined> {
  const { limits, exitCode } = options;
  try {
    const { State } = await inspectEnded(container, exitCode);
    if (State.Running) return exitCode === CLIENT_GONE_EXIT_CODE ? ((await withoutProcesses(container)) ?? CONNECTION_LOST) : undefined;
    if (State.OOMKilled) return lostWith('memory-limit', `The container exceeded its memory limit of ${limits.memoryBytes} bytes.`);
    return lostWith('session-lost', endReason(State.ExitCode));
  } catch (error) {
    return statusOf(error) === 404 ? lostWith('session-lost', 'The container was removed.') : undefined;
  }
}

/**
 * Returns an explanation if the container cannot start enough processes for an exec. The daemon also reports {@link CLIENT_GONE_EXIT_CODE}
 * for an exec that fails for this reason.
 */
async function withoutProcesses(container: Docker.Container): Promise<LossExplanation | undefined> {
  const { pids_stats } = (await container.stats({ stream: false, 'one-shot': true })) as { readonly pids_stats?: PidsStats };
  const { current = 0, limit = Number.POSITIVE_INFINITY } = pids_stats ?? {};
  if (limit - current >= EXEC_PROCESSES) return undefined;
  return { outcome: 'session-lost', reason: `The container is running ${current} processes, and its limit is ${limit}.` };
}

function lostWith(outcome: LossExplanation['outcome'], reason: string): LossExplanation {
  return { outcome, reason, isSandboxLost: true };
}

/**
 * Inspects the container. If the program was killed, checks repeatedly whether the container has ended, because the daemon reports the end
 * of a container a moment after the container's programs are killed.
 */
async function inspectEnded(container: Docker.Container, exitCode: number | undefined): Promise<Docker.ContainerInspectInfo> {
  for (let look = 1; ; look += 1) {
    const info = await container.inspect();
    if (!info.State.Running || exitCode !== KILLED_EXIT_CODE || look === LOOKS) return info;
    await pause(LOOK_EVERY_MS);
  }
}
