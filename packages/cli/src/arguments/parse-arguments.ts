import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { closestName } from '@sandpod/core/backend';
import { UsageError } from './usage-error.ts';

interface Config<Flags extends ParseArgsOptionsConfig> {
  args: string[];
  options: Flags;
  strict: true;
  allowPositionals: true;
}
type Values<Flags extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<Config<Flags>>>['values'];

export interface ParsedArguments<Flags extends ParseArgsOptionsConfig> {
  readonly values: Values<Flags>;
  readonly positionals: readonly string[];
  /** Arguments after `--`. */
  readonly rest: readonly string[];
}

/** Works like Node's `parseArgs`, except that arguments after `--` are kept separate and mistakes throw a `UsageError`. */
export function parseArguments<Flags extends ParseArgsOptionsConfig>(argv: readonly string[], flags: Flags): ParsedArguments<Flags> {
  const end = argv.indexOf('--');
  const own = end < 0 ? [...argv] : argv.slice(0, end);
  try {
    const { values, positionals } = parseArgs<Config<Flags>>({ args: own, options: flags, strict: true, allowPositionals: true });
    return { values, positionals, rest: end < 0 ? [] : argv.slice(end + 1) };
  } catch (error) {
    throw usageErrorOf(error, Object.keys(flags));
  }
}

/**
 * Converts an error from `parseArgs`. Node puts its advice on separate lines. Its advice about `--` is dropped, because `--` has another
 * meaning here.
 */
function usageErrorOf(error: unknown, flags: readonly string[]): UsageError {
  const [first = '', ...advice] = (error instanceof Error ? error.message : String(error)).split('\n');
  const [problem = ''] = first.split('. ', 1);
  const [, unknown] = /^Unknown option '--([^']+)'/.exec(problem) ?? [];
  const closest = unknown === undefined ? undefined : closestName(unknown, flags);
  const question = closest === undefined ? '' : ` Did you mean --${closest}?`;
  return new UsageError(`${problem.replace(/\.$/, '')}.${question}`, advice.length > 0 ? advice.join(' ') : undefined);
}
