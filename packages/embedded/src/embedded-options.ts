import { DEFAULT_EXPIRES_IN_MS, type Limits } from '@sandpod/core';
import { durationMsSchema, environmentSchema, expiresInMsSchema, limitsSchema } from '@sandpod/core/backend';
import { z } from 'zod';

const MiB = 1024 * 1024;
/** CPython alone needs about 20 MiB. */
const SMALLEST_MEMORY_BYTES = 64 * MiB;
/** The size of the WebAssembly address space. */
const LARGEST_MEMORY_BYTES = 4096 * MiB;
/** All processes are threads in the same child process. */
const DEFAULT_PROCESSES = 32;
const DEFAULT_START_TIMEOUT_MS = 60_000;

export const embeddedLimitsSchema: z.ZodType<Limits, Partial<Limits> | undefined> = limitsSchema({
  leastMemoryBytes: SMALLEST_MEMORY_BYTES,
  mostMemoryBytes: LARGEST_MEMORY_BYTES,
  mostWorkspaceBytes: LARGEST_MEMORY_BYTES,
  leastProcesses: 1,
  mostProcesses: 256,
  defaultProcesses: DEFAULT_PROCESSES,
});

export interface EmbeddedSandboxProviderOptions {
  /**
   * Default: 512 MiB of memory (minimum 64 MiB), 32 processes at the same time, 512 MiB of files, 256 MiB of output. `cpus` is not
   * enforced.
   */
  readonly limits?: Partial<Limits> | undefined;
  /** Environment variables that are set for every process in a sandbox. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** The time limit for the start of a sandbox, in milliseconds. Default: 60 s. */
  readonly startTimeoutMs?: number | undefined;
  /** The lifetime of a sandbox, in milliseconds. If null, a sandbox ends only when this process ends. Default: 1 h. */
  readonly expiresInMs?: number | null | undefined;
}

/** The schemas for the fields of {@link EmbeddedSandboxProviderOptions}. */
const embeddedOptionsShape = {
  limits: embeddedLimitsSchema,
  env: environmentSchema.optional(),
  startTimeoutMs: durationMsSchema.default(DEFAULT_START_TIMEOUT_MS),
  expiresInMs: expiresInMsSchema.default(DEFAULT_EXPIRES_IN_MS),
} as const;

export const embeddedSandboxProviderOptionsSchema = z.strictObject(embeddedOptionsShape);
