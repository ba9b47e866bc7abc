import type { ExtendOptions } from '@sandpod/core';
import type { Expiry } from './explain-loss.ts';

/** Controls the lifetime of one sandbox's objects in the cluster. */
export interface Ownership extends Expiry {
  /** Removes the pod and everything that belongs to it. It is not an error if the objects no longer exist. */
  release(): Promise<void>;
  /** Removes the objects that a deleted pod left, because they would block the pod's name. Does nothing while the pod exists. */
  releaseDeleted(): Promise<void>;
  /**
   * Changes the expiry.
   *
   * @throws {SandpodError} `unsupported` if `podSpec` sets an earlier deadline; `sandbox-ended` if the sandbox is gone.
   */
  extend(options: ExtendOptions): Promise<void>;
  /**
   * Reads the expiry again whenever the last known expiry has passed, because another process may have extended it. Stops when the signal
   * aborts.
   */
  follow(abortSignal: AbortSignal): Promise<void>;
}
