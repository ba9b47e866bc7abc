export { backend } from './backend.ts';
export { DockerCommandLineCodeExecutor, type DockerCommandLineCodeExecutorOptions } from './executors/docker-command-line-code-executor.ts';
export { DockerSandboxProvider } from './lifecycle/docker-sandbox-provider.ts';
export type { DockerSandboxProviderOptions } from './options/docker-options.ts';
export { DockerSandbox } from './sandbox/docker-sandbox.ts';
