import type { Limits } from './limits.ts';

const MiB = 1024 * 1024;

export const DEFAULT_LIMITS: Limits = {
  cpus: 1,
  memoryBytes: 512 * MiB,
  processes: 256,
  workspaceBytes: 512 * MiB,
  outputBytes: 256 * MiB,
};

/** Default time limit of one `execute()` call, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 60_000;
/** Default time between TERM and KILL, in milliseconds. */
export const DEFAULT_GRACE_MS = 2_000;
/** Default time limit of one file operation, in milliseconds. */
export const DEFAULT_FILE_TIMEOUT_MS = 60_000;
/** Default time after which the platform removes a sandbox, in milliseconds. */
export const DEFAULT_EXPIRES_IN_MS = 3_600_000;
/** Default number of bytes to keep for each stream, half from its start and half from its end. */
export const DEFAULT_KEPT_OUTPUT_BYTES: number = MiB;
