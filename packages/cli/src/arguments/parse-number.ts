import { UsageError } from './usage-error.ts';

/** Parses a number above zero. `option` is the name of the option in messages. */
export function parseNumber(text: string, option: string): number {
  const value = /^\d*\.?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value > 0) return value;
  throw new UsageError(`${option} expects a number above zero; got ${JSON.stringify(text)}.`);
}
