import type { CommandLineOptions } from '@sandpod/core';
import { CommandLineCodeExecutor, commandLineOptionsShape, separateOptions, validateOptions } from '@sandpod/core/backend';
import { z } from 'zod';
import { PodSandboxProvider } from '../lifecycle/pod-sandbox-provider.ts';
import { type PodSandboxProviderOptions, podOptionsShape } from '../options/pod-options.ts';

export interface PodCommandLineCodeExecutorOptions extends CommandLineOptions, PodSandboxProviderOptions {}

/** What the executor accepts. */
export const podExecutorOptionsSchema = z.strictObject({ ...commandLineOptionsShape, ...podOptionsShape });

/** Runs code blocks in one hardened pod. */
export class PodCommandLineCodeExecutor extends CommandLineCodeExecutor {
  readonly provider: PodSandboxProvider;
  readonly #leavesPod: boolean;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: PodCommandLineCodeExecutorOptions = {}) {
    validateOptions(podExecutorOptionsSchema, options, 'pod');
    const { forExecutor, forProvider } = separateOptions(options);
    const provider = new PodSandboxProvider(forProvider);
    super({ ...forExecutor, provider });
    this.provider = provider;
    this.#leavesPod = provider.leavesPods;
    // A sandbox that is given up for lost must go; only the end of the executor's own life leaves one.
    provider.leavesPods = false;
  }

  /** Removes the pod, also one that an earlier executor has left under the same `podName`. */
  override async stop(options: { readonly abortSignal?: AbortSignal | undefined } = {}): Promise<void> {
    await super.stop(options);
    await this.provider.removeLeft(options.abortSignal);
  }

  /** Like `stop()`, but leaves the pod running where `autoRemove` is false. */
  override async [Symbol.asyncDispose](): Promise<void> {
    this.provider.leavesPods = this.#leavesPod;
    try {
      await super.stop();
    } finally {
      this.provider.leavesPods = false;
    }
  }
}
