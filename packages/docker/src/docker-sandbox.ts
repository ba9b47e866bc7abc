import { ExecSandbox, type Limits, type LossExplanation } from '@sandpod/core';
import type Docker from 'dockerode';
import { statusOf, toSandpodError } from './client/docker-error.ts';
import { DockerExecTransport } from './client/docker-exec-transport.ts';
import { DOCKER_CAPABILITIES } from './docker-capabilities.ts';

export interface DockerSandboxOptions {
  readonly id: string;
  readonly container: Docker.Container;
  readonly description: string;
  readonly limits: Limits;
  readonly workspace: string;
  readonly graceMs: number;
}

/** A running container as a sandbox. */
export class DockerSandbox extends ExecSandbox {
  readonly containerId: string;
  readonly #container: Docker.Container;

  constructor(options: DockerSandboxOptions) {
    const { container, ...rest } = options;
    super({
      ...rest,
      capabilities: DOCKER_CAPABILITIES,
      transport: new DockerExecTransport(container),
      explainLoss: () => explainLoss(container, rest.limits),
      destroy: () => removeContainer(container),
    });
    this.containerId = container.id;
    this.#container = container;
    void this.#watch();
  }

  /** The daemon answers when the container has ended. */
  async #watch(): Promise<void> {
    try {
      const { StatusCode } = (await this.#container.wait({ condition: 'not-running' })) as { StatusCode: number };
      this.markLost(`The container ended with status ${StatusCode}.`);
    } catch (error) {
      if (statusOf(error) === 404) this.markLost('The container was removed.');
    }
  }
}

/** Removes a container with all that runs in it; one that is gone already is no error. */
export async function removeContainer(container: Docker.Container): Promise<void> {
  try {
    await container.remove({ force: true, v: true });
  } catch (error) {
    const status = statusOf(error);
    // 409: the daemon is removing it already.
    if (status !== 404 && status !== 409) throw toSandpodError(error, 'remove the container', 'transport');
  }
}

async function explainLoss(container: Docker.Container, limits: Limits): Promise<LossExplanation | undefined> {
  try {
    const { State } = await container.inspect();
    if (State.OOMKilled) return { outcome: 'memory-limit', reason: `The container exceeded its memory limit of ${limits.memoryBytes} bytes.` };
    if (State.Running) return undefined;
    return { outcome: 'session-lost', reason: `The container ended with status ${State.ExitCode}.` };
  } catch (error) {
    return statusOf(error) === 404 ? { outcome: 'session-lost', reason: 'The container was removed.' } : undefined;
  }
}
