import { UsageError } from './usage-error.ts';

/** Parses `--label KEY=VALUE`. If a key is repeated, the last value wins. */
export function parseLabels(entries: readonly string[]): Record<string, string> {
  return Object.fromEntries(entries.map(parseEntry));
}

function parseEntry(entry: string): [string, string] {
  const equals = entry.indexOf('=');
  if (equals < 1) throw new UsageError(`--label expects KEY=VALUE; got ${JSON.stringify(entry)}.`);
  return [entry.slice(0, equals), entry.slice(equals + 1)];
}
