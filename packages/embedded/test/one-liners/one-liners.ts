/** A small program and what the real bash prints for it. `record.ts` writes `stdout` and `exitCode`. */
export interface OneLiner {
  readonly code: string;
  readonly stdout: string;
  readonly exitCode: number;
  /** Why the sandbox answers otherwise: part of the message that it prints on standard error while it exits with another code than 0. */
  readonly refusal?: string;
}
