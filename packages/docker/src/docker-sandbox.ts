import { setTimeout as pause } from 'node:timers/promises';
import { ExecSandbox, type Limits, type LossExplanation } from '@sandpod/core';
import type Docker from 'dockerode';
import { statusOf } from './client/docker-error.ts';
import { DockerExecTransport } from './client/docker-exec-transport.ts';
import { DOCKER_CAPABILITIES } from './docker-capabilities.ts';
import { removeContainer } from './remove-container.ts';
import { watchContainer } from './watch-container.ts';

/** What the daemon reports of a program whose client went away, although the program had no such code. */
const CLIENT_GONE_EXIT_CODE = 126;
const KILLED_EXIT_CODE = 137;
/** How often, and at which distance, the daemon is asked whether the container ended with a program that was killed. */
const LOOKS = 10;
const LOOK_EVERY_MS = 100;
const CONNECTION_LOST: LossExplanation = {
  outcome: 'transport',
  reason: 'The connection to the Docker daemon was lost. How the program ended is not known.',
};

export interface DockerSandboxOptions {
  readonly id: string;
  readonly container: Docker.Container;
  /** Who runs programs. */
  readonly user: string;
  readonly description: string;
  readonly limits: Limits;
  readonly workspace: string;
  readonly graceMs: number;
  /** False: disposing ends what runs, but leaves the container until it expires. */
  readonly autoRemove: boolean;
}

/** A running container as a sandbox. */
export class DockerSandbox extends ExecSandbox {
  readonly containerId: string;
  /** Whether disposing removes the container. */
  autoRemove: boolean;

  constructor(options: DockerSandboxOptions) {
    const { container, user, autoRemove, ...rest } = options;
    const watching = new AbortController();
    super({
      ...rest,
      capabilities: DOCKER_CAPABILITIES,
      transport: new DockerExecTransport(container, user),
      explainLoss: ({ exitCode }) => explainLoss(container, { limits: rest.limits, exitCode }),
      destroy: async () => {
        watching.abort();
        if (this.autoRemove) await removeContainer(container);
      },
    });
    this.containerId = container.id;
    this.autoRemove = autoRemove;
    void this.lost.then(() => watching.abort());
    void watchContainer(container, { abortSignal: watching.signal, onEnd: (reason) => this.markLost(reason) });
  }
}

/** The programs of a container are killed a moment before the daemon says that it has ended. */
async function inspectEnded(container: Docker.Container, exitCode: number | undefined): Promise<Docker.ContainerInspectInfo> {
  for (let look = 1; ; look += 1) {
    const info = await container.inspect();
    if (!info.State.Running || exitCode !== KILLED_EXIT_CODE || look === LOOKS) return info;
    await pause(LOOK_EVERY_MS);
  }
}

async function explainLoss(
  container: Docker.Container,
  options: { readonly limits: Limits; readonly exitCode: number | undefined },
): Promise<LossExplanation | undefined> {
  const { limits, exitCode } = options;
  try {
    const { State } = await inspectEnded(container, exitCode);
    if (State.Running) return exitCode === CLIENT_GONE_EXIT_CODE ? CONNECTION_LOST : undefined;
    if (State.OOMKilled) {
      return {
        outcome: 'memory-limit',
        reason: `The container exceeded its memory limit of ${limits.memoryBytes} bytes.`,
        isSandboxLost: true,
      };
    }
    return { outcome: 'session-lost', reason: `The container ended with status ${State.ExitCode}.`, isSandboxLost: true };
  } catch (error) {
    return statusOf(error) === 404 ? { outcome: 'session-lost', reason: 'The container was removed.', isSandboxLost: true } : undefined;
  }
}
