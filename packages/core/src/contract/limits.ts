/** The resources that a back end can limit. */
export const LIMIT_NAMES = ['time', 'cpu', 'memory', 'processes', 'disk', 'output'] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** The limits of one sandbox. `capabilities.enforces` lists the limits that a back end enforces. */
export interface Limits {
  /** Number of CPUs; fractions are allowed. Default 1. */
  readonly cpus: number;
  /** Bytes of memory. Default 512 MiB. */
  readonly memoryBytes: number;
  /** Maximum number of processes and threads at the same time. Default 256. */
  readonly processes: number;
  /** Maximum size of the workspace in bytes. Default 512 MiB. */
  readonly workspaceBytes: number;
  /** Maximum output of a process in bytes, both streams together. A process that exceeds it is stopped. Default 256 MiB. */
  readonly outputBytes: number;
}
