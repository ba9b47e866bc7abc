import type { CommandLineOptions, CreateOptions } from '@sandpod/core';
import { abortable, CommandLineCodeExecutor, commandLineOptionsShape, separateOptions, validateOptions } from '@sandpod/core/backend';
import { z } from 'zod';
import { DockerSandboxProvider } from '../lifecycle/docker-sandbox-provider.ts';
import { checkDockerOptions, type DockerSandboxProviderOptions, dockerOptionsShape } from '../manifest/docker-options.ts';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';

export interface DockerCommandLineCodeExecutorOptions extends CommandLineOptions, DockerSandboxProviderOptions {}

/** What the executor accepts. */
export const dockerExecutorOptionsSchema = z
  .strictObject({ ...dockerOptionsShape, ...commandLineOptionsShape, env: dockerOptionsShape.env })
  .superRefine(checkDockerOptions);

/** Removes what `stop`, `restart` and a failed sandbox end, so that no later start meets it again; only the end of a scope may leave one. */
class OneScopeProvider extends DockerSandboxProvider {
  readonly #keeps: boolean;
  #sandbox: DockerSandbox | undefined;

  constructor(options: DockerSandboxProviderOptions) {
    super(options);
    this.#keeps = options.autoRemove === false;
  }

  override async create(options?: CreateOptions): Promise<DockerSandbox> {
    // What is left of the last sandbox must not be met again.
    await abortable(this.#endLast(), options?.abortSignal);
    const sandbox = await super.create(options);
    sandbox.autoRemove = true;
    this.#sandbox = sandbox;
    return sandbox;
  }

  async #endLast(): Promise<void> {
    await this.#sandbox?.[Symbol.asyncDispose]().catch(() => {});
  }

  leave(): void {
    if (this.#keeps && this.#sandbox !== undefined) this.#sandbox.autoRemove = false;
  }
}

/** Runs code blocks in one hardened container. */
export class DockerCommandLineCodeExecutor extends CommandLineCodeExecutor {
  readonly provider: DockerSandboxProvider;
  readonly #scope: OneScopeProvider;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: DockerCommandLineCodeExecutorOptions = {}) {
    validateOptions(dockerExecutorOptionsSchema, options, 'docker');
    const { forExecutor, forProvider } = separateOptions(options);
    const scope = new OneScopeProvider(forProvider);
    super({ ...forExecutor, provider: scope });
    this.#scope = scope;
    this.provider = scope;
  }

  /** Removes the container, also one that an earlier executor has left under the same `containerName`. */
  override async stop(options: { readonly abortSignal?: AbortSignal | undefined } = {}): Promise<void> {
    await super.stop(options);
    await abortable(this.provider.removeLeft(), options.abortSignal);
  }

  /** Like `stop()`, but leaves the container running where `autoRemove` is false. */
  override async [Symbol.asyncDispose](): Promise<void> {
    this.#scope.leave();
    await super.stop();
  }
}
