import type { LostOutcome } from '@sandpod/core';

/** The explanation why a run has no exit code. */
export interface LossExplanation {
  readonly outcome: LostOutcome;
  /** One sentence. */
  readonly reason: string;
  /** True if the whole sandbox is gone. */
  readonly isSandboxLost?: boolean | undefined;
}
