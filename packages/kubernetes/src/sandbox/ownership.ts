import type { ExtendOptions } from '@sandpod/core';
import type { Expiry } from './explain-loss.ts';

/** What keeps the objects of one sandbox alive in the cluster, and removes them. */
export interface Ownership extends Expiry {
  /** Removes the pod and everything that belongs to it. Objects that are gone already are no error. */
  release(): Promise<void>;
  /** Removes the objects that a deleted pod left, because they would block the pod's name. Does nothing while the pod exists. */
  releaseDeleted(): Promise<void>;
  /** Moves the expiry. @throws {SandpodError} `unsupported` if the pod has an earlier deadline of its own; `sandbox-ended` if it is gone. */
  extend(options: ExtendOptions): Promise<void>;
  /** Until the signal aborts, reads the expiry again when the sandbox outlives it, because another process has extended it. */
  follow(abortSignal: AbortSignal): Promise<void>;
}
