import type { CommandLineOptions, CreateOptions } from '@sandpod/core';
import { abortable, CommandLineCodeExecutor, commandLineOptionsShape, separateOptions, validateOptions } from '@sandpod/core/backend';
import { z } from 'zod';
import { DockerSandboxProvider } from '../lifecycle/docker-sandbox-provider.ts';
import type { DockerSandboxProviderOptions } from '../options/docker-options.ts';
import { checkDockerOptions, dockerOptionsShape } from '../options/docker-options-schema.ts';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';

export interface DockerCommandLineCodeExecutorOptions extends Omit<CommandLineOptions, 'expiresInMs'>, DockerSandboxProviderOptions {}

/** The options that the executor accepts. */
export const dockerExecutorOptionsSchema = z
  .strictObject({ ...commandLineOptionsShape, ...dockerOptionsShape })
  .superRefine(checkDockerOptions);

/** Remembers the executor's sandbox, so that the end of a scope can leave it. */
class ScopeProvider extends DockerSandboxProvider {
  #sandbox: DockerSandbox | undefined;

  override async create(options?: CreateOptions): Promise<DockerSandbox> {
    // A sandbox that was given up must not be found again by its name.
    await abortable(this.#removeLast(), options?.abortSignal);
    this.#sandbox = await super.create(options);
    return this.#sandbox;
  }

  async #removeLast(): Promise<void> {
    await this.#sandbox?.[Symbol.asyncDispose]().catch(() => {});
  }

  async detach(): Promise<void> {
    await this.#sandbox?.detach({ leftovers: 'end' });
  }
}

/** Runs code blocks in one hardened container. */
export class DockerCommandLineCodeExecutor extends CommandLineCodeExecutor {
  readonly provider: DockerSandboxProvider;
  readonly #scope: ScopeProvider;
  readonly #isKept: boolean;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: DockerCommandLineCodeExecutorOptions = {}) {
    validateOptions(dockerExecutorOptionsSchema, options, 'docker');
    const { forExecutor, forProvider } = separateOptions<DockerSandboxProviderOptions>(options as CommandLineOptions);
    const scope = new ScopeProvider(forProvider);
    super({ ...forExecutor, provider: scope });
    this.#scope = scope;
    this.#isKept = options.autoRemove === false;
    this.provider = scope;
  }

  /** Removes the container, also one that an earlier executor has left under the same `containerName`. */
  override async stop(options: { readonly abortSignal?: AbortSignal | undefined } = {}): Promise<void> {
    await super.stop(options);
    await abortable(this.provider.removeLeft(), options.abortSignal);
  }

  /** Like `stop()`, but leaves the container running where `autoRemove` is false. */
  override async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isKept) await this.#scope.detach().catch(() => {});
    await super.stop();
    await this.provider[Symbol.asyncDispose]();
  }
}
