/** A run that has not ended. */
export interface ActiveRun {
  isAlone: boolean;
  /**
   * Ends the run with the outcome `session-lost`. Resolves when the run is over.
   *
   * @param ended Settles when the caller has ended the run's processes. Default: the run ends them itself.
   */
  leave(reason: string, ended?: Promise<unknown>): Promise<void>;
}
