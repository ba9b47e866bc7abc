import type { BackendDefinition } from '@sandpod/core/backend';
import { diagnoseEmbedded } from './diagnose-embedded.ts';
import {
  EmbeddedCommandLineCodeExecutor,
  type EmbeddedCommandLineCodeExecutorOptions,
  embeddedExecutorOptionsSchema,
} from './embedded-command-line-code-executor.ts';
import type { EmbeddedSandboxProviderOptions } from './embedded-options.ts';
import { EmbeddedSandboxProvider } from './embedded-sandbox-provider.ts';

/** The definition of the embedded back end, which the registry loads. */
export const backend: BackendDefinition<EmbeddedCommandLineCodeExecutorOptions, EmbeddedSandboxProviderOptions> = {
  name: 'embedded',
  optionsSchema: embeddedExecutorOptionsSchema,
  createExecutor: (options) => new EmbeddedCommandLineCodeExecutor(options),
  createProvider: (options) => new EmbeddedSandboxProvider(options),
  diagnose: (options) => diagnoseEmbedded(options),
};
