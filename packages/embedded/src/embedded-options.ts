import { DEFAULT_EXPIRES_IN_MS, durationMsSchema, environmentSchema, type Limits, limitsSchema, type OnProgress } from '@sandpod/core';
import { z } from 'zod';

const MiB = 1024 * 1024;
/** CPython alone takes some 20 MiB. */
const SMALLEST_MEMORY_BYTES = 64 * MiB;
/** What WebAssembly can address. */
const LARGEST_MEMORY_BYTES = 4096 * MiB;
/** Every process is a thread of one child process. */
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
  /** Default: 512 MiB of memory (64 MiB at least), 32 processes at once, 512 MiB of files, 256 MiB of output. `cpus` is not enforced. */
  readonly limits?: Partial<Limits> | undefined;
  /** Variables that every process of a sandbox has. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds until a new sandbox must be usable. Default 60 s. */
  readonly startTimeoutMs?: number | undefined;
  /** Milliseconds after which a sandbox ends itself. Default 1 h. */
  readonly expiresInMs?: number | undefined;
}

/** The fields of {@link EmbeddedSandboxProviderOptions}, to be spread into the executor's schema. */
export const embeddedOptionsShape = {
  limits: embeddedLimitsSchema,
  env: environmentSchema.optional(),
  startTimeoutMs: durationMsSchema.default(DEFAULT_START_TIMEOUT_MS),
  expiresInMs: durationMsSchema.default(DEFAULT_EXPIRES_IN_MS),
} as const;

export const embeddedSandboxProviderOptionsSchema = z.strictObject(embeddedOptionsShape);

export const createOptionsSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, { error: 'expected 1 to 63 letters, digits, ".", "_" or "-", the first a letter or digit' })
    .optional(),
  startTimeoutMs: durationMsSchema.optional(),
  expiresInMs: durationMsSchema.optional(),
  onProgress: z.custom<OnProgress>((value) => typeof value === 'function', { error: 'expected a function' }).optional(),
  abortSignal: z.custom<AbortSignal>((value) => value instanceof AbortSignal, { error: 'expected an AbortSignal' }).optional(),
});
