import type { BackendDefinition } from '@sandpod/core/backend';
import { diagnoseKubernetes } from './diagnose-kubernetes.ts';
import {
  PodCommandLineCodeExecutor,
  type PodCommandLineCodeExecutorOptions,
  podExecutorOptionsSchema,
} from './executors/pod-command-line-code-executor.ts';
import { PodSandboxProvider } from './lifecycle/pod-sandbox-provider.ts';
import { podRoleManifest } from './manifest/role.ts';
import type { PodSandboxProviderOptions } from './options/pod-options.ts';

/** This package's entry in the registry of back ends. */
export const backend: BackendDefinition<PodCommandLineCodeExecutorOptions, PodSandboxProviderOptions> = {
  name: 'pod',
  optionsSchema: podExecutorOptionsSchema,
  createExecutor: (options) => new PodCommandLineCodeExecutor(options),
  createProvider: (options) => new PodSandboxProvider(options),
  diagnose: (options) => diagnoseKubernetes(options),
  accessManifest: ({ namespace = 'default', ...options }) => podRoleManifest({ namespace, ...options }),
};
