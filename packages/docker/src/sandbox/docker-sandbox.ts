import type { Environment, ExtendOptions, Leftovers, Limits } from '@sandpod/core';
import { ExecSandbox, type HiddenShell, type LossExplanation } from '@sandpod/launcher';
import type Docker from 'dockerode';
import { DockerExecTransport } from '../client/docker-exec-transport.ts';
import { DOCKER_CAPABILITIES } from './docker-capabilities.ts';
import { watchContainer } from './watch-container.ts';

export interface DockerSandboxOptions {
  readonly id: string;
  /** The caller's name for the sandbox, if any. */
  readonly name: string | undefined;
  /** The caller's labels. */
  readonly labels: Readonly<Record<string, string>>;
  readonly container: Docker.Container;
  /** The user that runs programs. */
  readonly user: string;
  readonly description: string;
  readonly environment: Environment;
  readonly limits: Limits;
  readonly workspace: string;
  readonly graceMs: number;
  /** The shell for launchers. If it is undefined, launchers use the image's shell. */
  readonly hiddenShell: HiddenShell | undefined;
  /** The default for `leftovers` in `detach()`. */
  readonly leftovers: Leftovers;
  /** Finds out why a program ended without reporting an exit code. */
  readonly explainLoss: (loss: { readonly exitCode?: number | undefined }) => Promise<LossExplanation | undefined>;
  /** Called when a program has reached the memory limit. Finds out whether something else uses the memory. */
  readonly explainMemoryLimit: () => Promise<Pick<LossExplanation, 'reason' | 'isSandboxLost'> | undefined>;
  /** Changes the container's expiry. */
  readonly extend: (options: ExtendOptions) => Promise<void>;
  /** Removes the container. */
  readonly remove: () => Promise<void>;
}

/** A sandbox in a running container. */
export class DockerSandbox extends ExecSandbox {
  readonly containerId: string;
  override readonly name: string | undefined;
  override readonly labels: Readonly<Record<string, string>>;
  protected override readonly leftovers: Leftovers;
  readonly #extendContainer: (options: ExtendOptions) => Promise<void>;

  constructor(options: DockerSandboxOptions) {
    const { container, name, labels, leftovers, user, extend, remove, ...rest } = options;
    const watching = new AbortController();
    super({
      ...rest,
      capabilities: DOCKER_CAPABILITIES,
      transport: new DockerExecTransport(container, { user }),
      destroy: async () => {
        watching.abort();
        await remove();
      },
    });
    this.containerId = container.id;
    this.name = name;
    this.labels = labels;
    this.leftovers = leftovers;
    this.#extendContainer = extend;
    void this.lost.then(() => watching.abort());
    void watchContainer(container, { abortSignal: watching.signal, onEnd: (reason) => this.markLost(reason) });
  }

  protected override _extend(options: ExtendOptions): Promise<void> {
    return this.#extendContainer(options);
  }
}
