export { backend } from './backend.ts';
export { EMBEDDED_CAPABILITIES } from './embedded-capabilities.ts';
export { EmbeddedCommandLineCodeExecutor, type EmbeddedCommandLineCodeExecutorOptions } from './embedded-command-line-code-executor.ts';
export type { EmbeddedSandboxProviderOptions } from './embedded-options.ts';
export { EmbeddedSandbox } from './embedded-sandbox.ts';
export { EmbeddedSandboxProvider } from './embedded-sandbox-provider.ts';
