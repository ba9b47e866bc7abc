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
