export { backend } from './backend.ts';
export { DockerCommandLineCodeExecutor, type DockerCommandLineCodeExecutorOptions } from './docker-command-line-code-executor.ts';
export type { DockerSandboxProviderOptions } from './docker-options.ts';
export { DockerSandbox } from './docker-sandbox.ts';
export { DockerSandboxProvider } from './docker-sandbox-provider.ts';
