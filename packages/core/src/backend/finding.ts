/** A finding from a back end's diagnosis. */
export interface Finding {
  /** The subject of the check, in a few words. */
  readonly subject: string;
  /** `ok`: no problem. `warning`: the back end works, but with less protection. `error`: the back end does not work. */
  readonly state: 'ok' | 'warning' | 'error';
  /** The finding, in one sentence. */
  readonly message: string;
  /** How to fix the problem. Absent if `state` is `ok`. */
  readonly advice?: string;
}
