import { UsageError } from './usage-error.ts';

/** Parses a whole number in a range. `option` is the name of the option in messages. */
export function parseWholeNumber(text: string, range: { readonly option: string; readonly min: number; readonly max: number }): number {
  const { option, min, max } = range;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`${option} expects a whole number from ${min} to ${max}; got ${JSON.stringify(text)}.`);
}
