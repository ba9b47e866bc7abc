import type { CommandLineOptions, Limits } from '@sandpod/core';
import { CommandLineCodeExecutor, commandLineOptionsShape, validateOptions } from '@sandpod/core/backend';
import { z } from 'zod';
import { embeddedLimitsSchema } from './embedded-options.ts';
import { EmbeddedSandboxProvider } from './embedded-sandbox-provider.ts';

export interface EmbeddedCommandLineCodeExecutorOptions extends CommandLineOptions {
  /** Default: 512 MiB of memory (minimum 64 MiB), 32 processes at once, 512 MiB of files, 256 MiB of output. `cpus` is not enforced. */
  readonly limits?: Partial<Limits> | undefined;
}

export const embeddedExecutorOptionsSchema: z.ZodObject = z.strictObject({ ...commandLineOptionsShape, limits: embeddedLimitsSchema });

/** Runs Python, JavaScript and shell blocks in an embedded sandbox. Needs no infrastructure. */
export class EmbeddedCommandLineCodeExecutor extends CommandLineCodeExecutor {
  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: EmbeddedCommandLineCodeExecutorOptions = {}) {
    validateOptions(embeddedExecutorOptionsSchema, options, 'embedded');
    const { limits, ...rest } = options;
    super({ ...rest, provider: new EmbeddedSandboxProvider({ limits }) });
  }
}
