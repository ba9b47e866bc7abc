import type { BackendDefinition } from '@sandpod/core/backend';
import { diagnoseDocker } from './diagnose-docker.ts';
import {
  DockerCommandLineCodeExecutor,
  type DockerCommandLineCodeExecutorOptions,
  dockerExecutorOptionsSchema,
} from './executors/docker-command-line-code-executor.ts';
import { DockerSandboxProvider } from './lifecycle/docker-sandbox-provider.ts';
import type { DockerSandboxProviderOptions } from './manifest/docker-options.ts';

/** What the registry needs of this package. */
export const backend: BackendDefinition<DockerCommandLineCodeExecutorOptions, DockerSandboxProviderOptions> = {
  name: 'docker',
  optionsSchema: dockerExecutorOptionsSchema,
  createExecutor: (options) => new DockerCommandLineCodeExecutor(options),
  createProvider: (options) => new DockerSandboxProvider(options),
  diagnose: (options) => diagnoseDocker(options),
};
