import { ExecSandbox, type Limits, type LossExplanation } from '@sandpod/core';
import type Docker from 'dockerode';
import { statusOf } from './client/docker-error.ts';
import { DockerExecTransport } from './client/docker-exec-transport.ts';
import { DOCKER_CAPABILITIES } from './docker-capabilities.ts';
import { removeContainer } from './remove-container.ts';
import { watchContainer } from './watch-container.ts';

export interface DockerSandboxOptions {
  readonly id: string;
  readonly container: Docker.Container;
  /** Who runs programs. */
  readonly user: string;
  readonly description: string;
  readonly limits: Limits;
  readonly workspace: string;
  readonly graceMs: number;
  /** True: disposing ends what runs, but leaves the container until it expires. */
  readonly keepContainer: boolean;
}

/** A running container as a sandbox. */
export class DockerSandbox extends ExecSandbox {
  readonly containerId: string;

  constructor(options: DockerSandboxOptions) {
    const { container, user, keepContainer, ...rest } = options;
    const watching = new AbortController();
    super({
      ...rest,
      capabilities: DOCKER_CAPABILITIES,
      transport: new DockerExecTransport(container, user),
      explainLoss: () => explainLoss(container, rest.limits),
      destroy: async () => {
        watching.abort();
        if (!keepContainer) await removeContainer(container);
      },
    });
    this.containerId = container.id;
    void this.lost.then(() => watching.abort());
    void watchContainer(container, { abortSignal: watching.signal, onEnd: (reason) => this.markLost(reason) });
  }
}

async function explainLoss(container: Docker.Container, limits: Limits): Promise<LossExplanation | undefined> {
  try {
    const { State } = await container.inspect();
    if (State.Running) return undefined;
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
