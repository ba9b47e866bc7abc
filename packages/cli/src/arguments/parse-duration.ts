import { UsageError } from './usage-error.ts';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** The longest delay of a Node timer, in milliseconds. */
const maximumMs = 2 ** 31 - 1;

/** Parses seconds (`90`, `1.5`) or a number with a unit (`500ms`, `30s`, `2m`, `1h`) to milliseconds. */
export function parseDuration(text: string, option: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)(ms|s|m|h)?$/.exec(text.trim());
  const durationMs = match ? Math.round(Number(match[1]) * (unitMs[match[2] ?? 's'] ?? Number.NaN)) : Number.NaN;
  if (durationMs >= 1 && durationMs <= maximumMs) return durationMs;
  throw new UsageError(
    `${option} expects a time above zero and below 25 days, in seconds or with a unit (500ms, 30s, 2m, 1h); got ${JSON.stringify(text)}.`,
  );
}
