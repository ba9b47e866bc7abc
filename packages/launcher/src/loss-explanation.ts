import type { LostOutcome } from '@sandpod/core';

/** Explains why a run has no exit code. */
export interface LossExplanation {
  readonly outcome: LostOutcome;
  /** The explanation, in one sentence. */
  readonly reason: string;
  /** True if the whole sandbox is gone. */
  readonly isSandboxLost?: boolean | undefined;
}
