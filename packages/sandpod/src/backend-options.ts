import type { BACKENDS } from './backends.ts';

/** The options of each back end's executor and sandboxes, by name. */
export interface BackendOptions {
  embedded: {
    executor: import('@sandpod/embedded').EmbeddedCommandLineCodeExecutorOptions;
    provider: import('@sandpod/embedded').EmbeddedSandboxProviderOptions;
  };
  docker: {
    executor: import('@sandpod/docker').DockerCommandLineCodeExecutorOptions;
    provider: import('@sandpod/docker').DockerSandboxProviderOptions;
  };
  pod: {
    executor: import('@sandpod/kubernetes').PodCommandLineCodeExecutorOptions;
    provider: import('@sandpod/kubernetes').PodSandboxProviderOptions;
  };
}

/** The names that `createExecutor` knows. */
export type BackendName = keyof typeof BACKENDS & keyof BackendOptions;
export type ExecutorOptionsOf<Name extends BackendName> = BackendOptions[Name]['executor'];
export type ProviderOptionsOf<Name extends BackendName> = BackendOptions[Name]['provider'];
