/** A process inside the sandbox. Numbers are used again, so that the start time belongs to it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As the kernel counts it. */
  readonly startTime: string;
}

/** What identifies everything that a run started. */
export interface RunIdentity extends ProcessIdentity {
  readonly id: string;
  /** No other run was active at any time during this one. */
  readonly isAlone: boolean;
}
