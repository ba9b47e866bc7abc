export { backend } from './backend.ts';
export type { KubeConfigContent, KubeSettingsOptions } from './client/kube-settings.ts';
export type { PodSandboxProviderOptions } from './kubernetes-options.ts';
export { PodCommandLineCodeExecutor, type PodCommandLineCodeExecutorOptions } from './pod-command-line-code-executor.ts';
export { PodSandbox } from './pod-sandbox.ts';
export { PodSandboxProvider } from './pod-sandbox-provider.ts';
export { POD_RULES, podRoleManifest, type RoleOptions } from './role.ts';
export type { Loosening } from './spec/loosening.ts';
export type { ManifestSource } from './spec/manifest.ts';
