import type { CommandLineOptions } from '@sandpod/core';
import { CommandLineCodeExecutor, commandLineOptionsShape, resolveOnce, separateOptions } from '@sandpod/core/backend';
import { sandboxKernels } from '@sandpod/kernel';
import { z } from 'zod';
import { PodSandboxProvider } from '../lifecycle/pod-sandbox-provider.ts';
import { type PodSandboxProviderOptions, podOptionsShape } from '../options/pod-options.ts';
import { PodSandbox } from '../sandbox/pod-sandbox.ts';

export interface PodCommandLineCodeExecutorOptions extends CommandLineOptions, PodSandboxProviderOptions {}

/** The options that the executor accepts. */
export const podExecutorOptionsSchema = z.strictObject({ ...commandLineOptionsShape, ...podOptionsShape });

/** Runs code blocks in one hardened pod. With `autoRemove: false`, disposal of the executor keeps the pod and ends all programs in it. */
export class PodCommandLineCodeExecutor extends CommandLineCodeExecutor {
  readonly provider: PodSandboxProvider;
  readonly #isKept: boolean;
  #podName: string | undefined;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: PodCommandLineCodeExecutorOptions = {}) {
    const resolved = resolveOnce(podExecutorOptionsSchema, options, 'pod');
    const { forExecutor, forProvider } = separateOptions<PodSandboxProviderOptions>(resolved as CommandLineOptions);
    const provider = new PodSandboxProvider(forProvider);
    super({ ...forExecutor, provider, kernelProvider: sandboxKernels });
    this.provider = provider;
    this.#isKept = options.autoRemove === false && options.attachTo === undefined;
  }

  /** Removes the pod, even if this executor, or an earlier executor with the same `podName`, kept it. */
  override async stop(options: { readonly abortSignal?: AbortSignal | undefined } = {}): Promise<void> {
    await super.stop(options);
    if (this.#isKept) await this.provider.removeKept({ ...options, podName: this.#podName });
  }

  protected override async _openSession(
    ...options: Parameters<CommandLineCodeExecutor['_openSession']>
  ): ReturnType<CommandLineCodeExecutor['_openSession']> {
    const session = await super._openSession(...options);
    if (session.sandbox instanceof PodSandbox) this.#podName = session.sandbox.podName;
    return session;
  }
}
