/** A run that has not ended. */
export interface ActiveRun {
  isAlone: boolean;
  /**
   * Ends the run as `session-lost`; resolves when it is over.
   *
   * @param ended settles when something else has ended its processes. Default: the run ends them itself.
   */
  leave(reason: string, ended?: Promise<unknown>): Promise<void>;
}
