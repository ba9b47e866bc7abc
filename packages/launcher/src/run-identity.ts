/** A process in the sandbox. Process numbers are reused, so the start time is part of the identity. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time of the process, in the kernel's units. */
  readonly startTime: string;
}

/** Identifies all processes that a run started. */
export interface RunIdentity extends ProcessIdentity {
  readonly id: string;
  /** True if no other run was active at any time during this run. */
  readonly isAlone: boolean;
}
