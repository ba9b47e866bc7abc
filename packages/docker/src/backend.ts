import type { BackendDefinition } from '@sandpod/core/backend';
import { diagnoseDocker } from './diagnose-docker.ts';
import {
  DockerCommandLineCodeExecutor,
  type DockerCommandLineCodeExecutorOptions,
  dockerExecutorOptionsSchema,
} from './executors/docker-command-line-code-executor.ts';
import { DockerSandboxProvider } from './lifecycle/docker-sandbox-provider.ts';
import type { DockerSandboxProviderOptions } from './options/docker-options.ts';

/** The Docker back end, for the registry. */
export const backend: BackendDefinition<DockerCommandLineCodeExecutorOptions, DockerSandboxProviderOptions> = {
  name: 'docker',
  optionsSchema: dockerExecutorOptionsSchema,
  createExecutor: (options) => new DockerCommandLineCodeExecutor(options),
  createProvider: (options) => new DockerSandboxProvider(options),
  diagnose: (options) => diagnoseDocker(options),
};
