export type { BackendName, BackendOptions, ExecutorOptionsOf, ProviderOptionsOf } from './backend-options.ts';
export { createExecutor } from './create-executor.ts';
export { createProvider } from './create-provider.ts';
export { type ExecutorConfig, toConfig } from './executor-config.ts';
export { type BackendInfo, listBackends } from './list-backends.ts';
export { loadBackend } from './load-backend.ts';
