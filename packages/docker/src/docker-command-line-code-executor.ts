import { CommandLineCodeExecutor, type CommandLineOptions, commandLineOptionsShape, separateOptions, validateOptions } from '@sandpod/core';
import { z } from 'zod';
import { type DockerSandboxProviderOptions, dockerOptionsShape } from './docker-options.ts';
import { DockerSandboxProvider } from './docker-sandbox-provider.ts';

export interface DockerCommandLineCodeExecutorOptions extends CommandLineOptions, DockerSandboxProviderOptions {}

/** What the executor accepts. */
export const dockerExecutorOptionsSchema = z.strictObject({
  ...dockerOptionsShape,
  ...commandLineOptionsShape,
  env: dockerOptionsShape.env,
});

/** Runs code blocks in one hardened container. */
export class DockerCommandLineCodeExecutor extends CommandLineCodeExecutor {
  readonly provider: DockerSandboxProvider;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: DockerCommandLineCodeExecutorOptions = {}) {
    validateOptions(dockerExecutorOptionsSchema, options, 'docker');
    const { forExecutor, forProvider } = separateOptions(options);
    const provider = new DockerSandboxProvider(forProvider);
    super({ ...forExecutor, provider });
    this.provider = provider;
  }
}
