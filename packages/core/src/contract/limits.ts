/** The resources that a back end can bound. */
export const LIMIT_NAMES = ['time', 'cpu', 'memory', 'processes', 'disk', 'output'] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** What one sandbox may use. A back end's capabilities say which of these it enforces. */
export interface Limits {
  /** CPUs, fractions allowed. Default 1. */
  readonly cpus: number;
  /** Bytes of memory. Default 512 MiB. */
  readonly memoryBytes: number;
  /** Processes and threads at once. Default 256. */
  readonly processes: number;
  /** Bytes that the workspace may hold. Default 512 MiB. */
  readonly workspaceBytes: number;
  /** Bytes of output of one process, both streams together, after which it is stopped. Default 256 MiB. */
  readonly outputBytes: number;
}

const MiB = 1024 * 1024;

export const DEFAULT_LIMITS: Limits = {
  cpus: 1,
  memoryBytes: 512 * MiB,
  processes: 256,
  workspaceBytes: 512 * MiB,
  outputBytes: 256 * MiB,
};

/** Default of the total time limit of one `execute()`, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 60_000;
/** Default time between TERM and KILL, in milliseconds. */
export const DEFAULT_GRACE_MS = 2_000;
/** Default time after which an abandoned sandbox is removed by its platform, in milliseconds. */
export const DEFAULT_EXPIRES_IN_MS = 3_600_000;
/** Default number of bytes kept of each stream, half of it from the start and half from the end. */
export const DEFAULT_KEPT_OUTPUT_BYTES: number = MiB;
