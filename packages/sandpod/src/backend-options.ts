/** The options of each back end's executor and sandbox provider, by back end name. */
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
  kubernetes: BackendOptions['pod'];
}

/** The back end names that `createExecutor` accepts. `kubernetes` is another name of `pod`. */
export type BackendName = keyof BackendOptions;
export type ExecutorOptionsOf<Name extends BackendName> = BackendOptions[Name]['executor'];
export type ProviderOptionsOf<Name extends BackendName> = BackendOptions[Name]['provider'];
