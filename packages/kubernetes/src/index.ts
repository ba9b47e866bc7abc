export { backend } from './backend.ts';
export type { KubeConfigContent, KubeSettingsOptions } from './client/load-kube-config.ts';
export { PodCommandLineCodeExecutor, type PodCommandLineCodeExecutorOptions } from './executors/pod-command-line-code-executor.ts';
export { PodSandboxProvider } from './lifecycle/pod-sandbox-provider.ts';
export { POD_RULES, podRoleManifest, type RoleOptions } from './manifest/role.ts';
export type { ManifestSource } from './options/manifest-source.ts';
export type { PodSandboxProviderOptions } from './options/pod-options.ts';
export type { WeaknessOptions } from './options/weaknesses-of.ts';
export { PodSandbox } from './sandbox/pod-sandbox.ts';
