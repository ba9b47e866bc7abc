/** One finding of a back end's diagnosis. */
export interface Finding {
  /** What was checked, in a few words. */
  readonly subject: string;
  /** `ok`: as it should be. `warning`: works, with less protection. `error`: does not work. */
  readonly state: 'ok' | 'warning' | 'error';
  /** The finding, in one sentence. */
  readonly message: string;
  /** How to fix it. Present unless `ok`. */
  readonly advice?: string;
}
