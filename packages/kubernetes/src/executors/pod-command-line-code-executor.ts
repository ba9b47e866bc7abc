import type { CommandLineOptions } from '@sandpod/core';
import { CommandLineCodeExecutor, commandLineOptionsShape, separateOptions, validateOptions } from '@sandpod/core/backend';
import { z } from 'zod';
import type { PodSandboxProvider } from '../lifecycle/pod-sandbox-provider.ts';
import { type PodSandboxProviderOptions, podOptionsShape } from '../options/pod-options.ts';
import { ScopeProvider } from './scope-provider.ts';

export interface PodCommandLineCodeExecutorOptions extends Omit<CommandLineOptions, 'expiresInMs'>, PodSandboxProviderOptions {}

/** The options that the executor accepts. */
export const podExecutorOptionsSchema = z.strictObject({ ...commandLineOptionsShape, ...podOptionsShape });

/** Runs code blocks in one hardened pod. */
export class PodCommandLineCodeExecutor extends CommandLineCodeExecutor {
  readonly provider: PodSandboxProvider;
  readonly #scope: ScopeProvider;
  readonly #isKept: boolean;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: PodCommandLineCodeExecutorOptions = {}) {
    validateOptions(podExecutorOptionsSchema, options, 'pod');
    const { forExecutor, forProvider } = separateOptions<PodSandboxProviderOptions>(options as CommandLineOptions);
    const scope = new ScopeProvider(forProvider);
    super({ ...forExecutor, provider: scope });
    this.provider = scope;
    this.#scope = scope;
    this.#isKept = options.autoRemove === false;
  }

  /** Removes the pod, also one that an earlier executor has left under the same `podName`. */
  override async stop(options: { readonly abortSignal?: AbortSignal | undefined } = {}): Promise<void> {
    await super.stop(options);
    await this.#scope.removeLeft(options.abortSignal);
  }

  /** Like `stop()`, but with `autoRemove: false` the pod stays, and only what runs in it is ended. */
  override async [Symbol.asyncDispose](): Promise<void> {
    const stopping = super.stop();
    // Begun before stopping comes to remove the pod, which a detached sandbox then leaves alone.
    await Promise.all([this.#isKept ? this.#scope.leave() : undefined, stopping]);
  }
}
