/** What keeps the objects of one sandbox alive in the cluster, and removes them. */
export interface Ownership {
  /** Removes the pod and everything that belongs to it. Objects that are gone already are no error. */
  release(): Promise<void>;
  /** Removes what a pod that someone deleted has left, because that would keep the pod's name. Does nothing while the pod is there. */
  releaseDeleted(): Promise<void>;
}
