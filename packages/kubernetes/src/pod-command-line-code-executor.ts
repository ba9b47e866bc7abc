import { CommandLineCodeExecutor, type CommandLineOptions, commandLineOptionsShape, separateOptions, validateOptions } from '@sandpod/core';
import { z } from 'zod';
import { type PodSandboxProviderOptions, podOptionsShape } from './kubernetes-options.ts';
import { PodSandboxProvider } from './pod-sandbox-provider.ts';

export interface PodCommandLineCodeExecutorOptions extends CommandLineOptions, PodSandboxProviderOptions {}

/** What the executor accepts. */
export const podExecutorOptionsSchema = z.strictObject({ ...commandLineOptionsShape, ...podOptionsShape });

/** Runs code blocks in one hardened pod. */
export class PodCommandLineCodeExecutor extends CommandLineCodeExecutor {
  readonly provider: PodSandboxProvider;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: PodCommandLineCodeExecutorOptions = {}) {
    validateOptions(podExecutorOptionsSchema, options, 'pod');
    const { forExecutor, forProvider } = separateOptions(options);
    const provider = new PodSandboxProvider(forProvider);
    super({ ...forExecutor, provider });
    this.provider = provider;
  }
}
