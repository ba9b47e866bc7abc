import type { ExtendOptions } from '@sandpod/core';
import type { Expiry } from './explain-loss.ts';

/** What keeps the objects of one sandbox alive in the cluster, and removes them. */
export interface Ownership extends Expiry {
  /** Removes the pod and everything that belongs to it. Objects that are gone already are no error. */
  release(): Promise<void>;
  /** Removes what a pod that someone deleted has left, because that would keep the pod's name. Does nothing while the pod is there. */
  releaseDeleted(): Promise<void>;
  /** Moves the expiry. @throws {SandpodError} `unsupported` if the pod ends earlier by itself; `sandbox-ended` if it is gone. */
  extend(options: ExtendOptions): Promise<void>;
  /** Notices when another process moves the expiry to a later time; until the signal aborts. */
  follow(abortSignal: AbortSignal): Promise<void>;
}
