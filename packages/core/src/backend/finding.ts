/** One thing that a back end's diagnosis found out. */
export interface Finding {
  /** What was looked at, a few words. */
  readonly subject: string;
  /** `ok`: as it should be. `warning`: works, with less protection. `error`: does not work. */
  readonly state: 'ok' | 'warning' | 'error';
  /** What was found, one sentence. */
  readonly message: string;
  /** How to mend it; present unless `ok`. */
  readonly advice?: string;
}
