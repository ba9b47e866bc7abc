/** One thing that a back end's diagnosis found out. */
export interface Finding {
  /** What was looked at, a few words. */
  readonly subject: string;
  /** `good`: as it should be. `weak`: works, with less protection. `bad`: does not work. */
  readonly state: 'good' | 'weak' | 'bad';
  /** What was found, one sentence. */
  readonly message: string;
  /** How to mend it; present unless `good`. */
  readonly advice?: string;
}
