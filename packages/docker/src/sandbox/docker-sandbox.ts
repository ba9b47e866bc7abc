import type { Limits } from '@sandpod/core';
import { ExecSandbox, type LossExplanation } from '@sandpod/launcher';
import type Docker from 'dockerode';
import { DockerExecTransport } from '../client/docker-exec-transport.ts';
import { DOCKER_CAPABILITIES } from './docker-capabilities.ts';
import { watchContainer } from './watch-container.ts';

export interface DockerSandboxOptions {
  readonly id: string;
  readonly container: Docker.Container;
  /** The user that runs programs. */
  readonly user: string;
  readonly description: string;
  readonly limits: Limits;
  readonly workspace: string;
  readonly graceMs: number;
  /** False: disposing ends what runs, but leaves the container until it expires. */
  readonly autoRemove: boolean;
  /** Finds out why a program ended without reporting an exit code. */
  readonly explainLoss: (loss: { readonly exitCode?: number | undefined }) => Promise<LossExplanation | undefined>;
  /** Removes the container. */
  readonly remove: () => Promise<void>;
}

/** A running container as a sandbox. */
export class DockerSandbox extends ExecSandbox {
  readonly containerId: string;
  /** Whether disposing removes the container. */
  autoRemove: boolean;

  constructor(options: DockerSandboxOptions) {
    const { container, user, autoRemove, remove, ...rest } = options;
    const watching = new AbortController();
    super({
      ...rest,
      capabilities: DOCKER_CAPABILITIES,
      transport: new DockerExecTransport(container, user),
      destroy: async () => {
        watching.abort();
        if (this.autoRemove) await remove();
      },
    });
    this.containerId = container.id;
    this.autoRemove = autoRemove;
    void this.lost.then(() => watching.abort());
    void watchContainer(container, { abortSignal: watching.signal, onEnd: (reason) => this.markLost(reason) });
  }
}
