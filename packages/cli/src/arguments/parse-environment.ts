import { UsageError } from './usage-error.ts';

const namePattern = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Parses `KEY=VALUE` or `KEY`. Without `=VALUE`, the value comes from `own`, the command's environment. If a key is repeated, the last
 * value wins.
 */
export function parseEnvironment(entries: readonly string[], own: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(entries.map((entry) => parseEntry(entry, own)));
}

function parseEntry(entry: string, own: Readonly<Record<string, string | undefined>>): [string, string] {
  const equals = entry.indexOf('=');
  const name = equals < 0 ? entry : entry.slice(0, equals);
  // The value may be a secret, so messages never contain it.
  if (!namePattern.test(name))
    throw new UsageError(`--env expects KEY=VALUE or KEY, with letters, digits and _ in KEY; got the key ${JSON.stringify(name)}.`);
  if (equals >= 0) return [name, entry.slice(equals + 1)];
  const value = own[name];
  if (value === undefined)
    throw new UsageError(
      `--env ${name} takes its value from the environment, but ${name} is not set there.`,
      `Set ${name}, or write --env ${name}=VALUE.`,
    );
  return [name, value];
}
