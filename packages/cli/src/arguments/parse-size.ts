import { UsageError } from './usage-error.ts';

const UNITS = ['', 'k', 'm', 'g', 't'];

/** Parses a size to bytes: a number, or a number with a unit such as `512m`, `512Mi` or `2g`. Units are powers of 1024, as in Docker. */
export function parseSize(text: string, option: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([kmgt]?)(?:i?b?)$/i.exec(text.trim()) ?? [];
  const bytes = Math.round(Number(number) * 1024 ** UNITS.indexOf(unit.toLowerCase()));
  if (number !== '' && bytes >= 1 && Number.isSafeInteger(bytes)) return bytes;
  throw new UsageError(`${option} expects a size above zero, such as 512m or 2g; got ${JSON.stringify(text)}.`);
}
