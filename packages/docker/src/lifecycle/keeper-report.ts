/** A container's expiry and owner. */
export interface KeeperReport {
  /** The expiry in milliseconds since the epoch, according to this machine's clock. Undefined means never. */
  readonly expiresMs: number | undefined;
  readonly isClaimed: boolean;
}

/** The current time and the end in hundredths of a second, 1 if the sandbox is claimed, and the end that a client stated in milliseconds. */
const REPORT = /^(\d{1,15}) (\d{1,15}|never) ([01]) (\d{1,15}|never)\n$/;
/** The maximum difference between two calculations of the same end, in milliseconds. */
const SAME_MS = 1_000;
/** The last time that a `Date` can represent. */
const LAST_MS = 8.64e15;

/** Parses the keeper's answer. Returns undefined if the answer is malformed. */
export function parseReport(answer: string): KeeperReport | undefined {
  const [, now, end = '', claimed, stated] = REPORT.exec(answer) ?? [];
  if (now === undefined) return undefined;
  const expiresMs = end === 'never' ? undefined : epochTime(Date.now() + (Number(end) - Number(now)) * 10, Number(stated));
  if (expiresMs !== undefined && Math.abs(expiresMs) > LAST_MS) return undefined;
  return { expiresMs, isClaimed: claimed === '1' };
}

/**
 * Returns the end that the client stated, so that every request gets the same value. The exception is a stated end that is wrong because
 * clocks disagree, a clock was changed, or the start took long. The function then returns the end that was calculated from the remaining
 * time, rounded to seconds.
 */
function epochTime(calculatedMs: number, statedMs: number): number {
  return Math.abs(calculatedMs - statedMs) < SAME_MS ? statedMs : Math.round(calculatedMs / 1_000) * 1_000;
}
