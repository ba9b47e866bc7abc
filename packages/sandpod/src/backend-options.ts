// biome-ignore-all lint/suspicious/noTsIgnore: whether the line has an error depends on the packages that the user installs.

/** Options of a back end whose package is not installed, so that their types are not known. */
export interface UnknownOptions {
  readonly [option: string]: unknown;
}

/** Without the package, the compiler would see `any`, which has every key. */
type OrUnknown<Options> = string extends keyof Options ? UnknownOptions : Options;

// The comments in JSDoc form stay in the declarations. They make the types usable without the packages that are optional.

/** The options of each back end's executor and sandbox provider, by back end name. */
export interface BackendOptions {
  embedded: {
    executor: import('@sandpod/embedded').EmbeddedCommandLineCodeExecutorOptions;
    provider: import('@sandpod/embedded').EmbeddedSandboxProviderOptions;
  };
  docker: {
    /** @ts-ignore */
    executor: OrUnknown<import('@sandpod/docker').DockerCommandLineCodeExecutorOptions>;
    /** @ts-ignore */
    provider: OrUnknown<import('@sandpod/docker').DockerSandboxProviderOptions>;
  };
  pod: {
    /** @ts-ignore */
    executor: OrUnknown<import('@sandpod/kubernetes').PodCommandLineCodeExecutorOptions>;
    /** @ts-ignore */
    provider: OrUnknown<import('@sandpod/kubernetes').PodSandboxProviderOptions>;
  };
  kubernetes: BackendOptions['pod'];
}

/** The back end names that `createExecutor` accepts. `kubernetes` is another name of `pod`. */
export type BackendName = keyof BackendOptions;
export type ExecutorOptionsOf<Name extends BackendName> = BackendOptions[Name]['executor'];
export type ProviderOptionsOf<Name extends BackendName> = BackendOptions[Name]['provider'];
