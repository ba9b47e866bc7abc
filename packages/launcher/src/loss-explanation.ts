import type { LostOutcome } from '@sandpod/core';

/** Why a run has no exit code. */
export interface LossExplanation {
  readonly outcome: LostOutcome;
  /** One sentence. */
  readonly reason: string;
  /** True when the whole sandbox is gone. */
  readonly isSandboxLost?: boolean | undefined;
}
