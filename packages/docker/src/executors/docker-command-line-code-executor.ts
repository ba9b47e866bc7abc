import type { CommandLineOptions } from '@sandpod/core';
import { abortable, CommandLineCodeExecutor, commandLineOptionsShape, resolveOnce, separateOptions } from '@sandpod/core/backend';
import { sandboxKernels } from '@sandpod/kernel';
import { z } from 'zod';
import { DockerSandboxProvider } from '../lifecycle/docker-sandbox-provider.ts';
import type { DockerSandboxProviderOptions } from '../options/docker-options.ts';
import { checkDockerOptions, dockerOptionsShape } from '../options/docker-options-schema.ts';

export interface DockerCommandLineCodeExecutorOptions extends CommandLineOptions, DockerSandboxProviderOptions {}

/** The options that the executor accepts. */
export const dockerExecutorOptionsSchema = z
  .strictObject({ ...commandLineOptionsShape, ...dockerOptionsShape })
  .superRefine(checkDockerOptions);

/** Runs code blocks in one hardened container. */
export class DockerCommandLineCodeExecutor extends CommandLineCodeExecutor {
  readonly provider: DockerSandboxProvider;
  readonly #isAttached: boolean;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: DockerCommandLineCodeExecutorOptions = {}) {
    const resolved = resolveOnce(dockerExecutorOptionsSchema, options, 'docker');
    const { forExecutor, forProvider } = separateOptions<DockerSandboxProviderOptions>(resolved as CommandLineOptions);
    const provider = new DockerSandboxProvider(forProvider);
    super({ ...forExecutor, provider, kernelProvider: sandboxKernels });
    this.provider = provider;
    this.#isAttached = options.attachTo !== undefined;
  }

  /** Removes the container, even if an earlier executor with the same `containerName` left it running. With `attachTo`, removes nothing. */
  override async stop(options: { readonly abortSignal?: AbortSignal | undefined } = {}): Promise<void> {
    await super.stop(options);
    if (!this.#isAttached) await abortable(this.provider.removeLeft(), options.abortSignal);
  }

  /** Like `stop()`, but leaves the container running if `autoRemove` is false. */
  override async [Symbol.asyncDispose](): Promise<void> {
    await super[Symbol.asyncDispose]();
    await this.provider[Symbol.asyncDispose]();
  }
}
