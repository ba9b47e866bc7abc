import type { CommandLineOptions, Limits } from '@sandpod/core';
import { CommandLineCodeExecutor, commandLineOptionsShape, resolveOnce } from '@sandpod/core/backend';
import { sandboxKernels } from '@sandpod/kernel';
import { z } from 'zod';
import { embeddedLimitsSchema } from './embedded-options.ts';
import { EmbeddedSandboxProvider } from './embedded-sandbox-provider.ts';

/** Options of the embedded executor. `attachTo` and `autoRemove` are missing, because an embedded sandbox does not outlive this process. */
export interface EmbeddedCommandLineCodeExecutorOptions extends Omit<CommandLineOptions, 'attachTo' | 'autoRemove'> {
  /**
   * Default: 512 MiB of memory (minimum 64 MiB), 32 processes at the same time, 512 MiB of files, 256 MiB of output. `cpus` is not
   * enforced.
   */
  readonly limits?: Partial<Limits> | undefined;
}

const { attachTo: _attachTo, autoRemove: _autoRemove, ...shape } = commandLineOptionsShape;

export const embeddedExecutorOptionsSchema: z.ZodObject = z.strictObject({ ...shape, limits: embeddedLimitsSchema });

/** Runs Python, JavaScript and shell blocks in an embedded sandbox. Needs no infrastructure. */
export class EmbeddedCommandLineCodeExecutor extends CommandLineCodeExecutor {
  /** @throws {SandpodError} `invalid-options` if an option is invalid. */
  constructor(options: EmbeddedCommandLineCodeExecutorOptions = {}) {
    const resolved = resolveOnce(embeddedExecutorOptionsSchema, options, 'embedded');
    const { limits, expiresInMs, ...rest } = resolved as EmbeddedCommandLineCodeExecutorOptions;
    super({ ...rest, provider: new EmbeddedSandboxProvider({ limits, expiresInMs }), kernelProvider: sandboxKernels });
  }
}
