import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
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
  /** What came after `--`. */
  readonly rest: readonly string[];
}

/** Node's own `parseArgs`, with what comes after `--` kept apart and mistakes as `UsageError`. */
export function parseArguments<Flags extends ParseArgsOptionsConfig>(argv: readonly string[], flags: Flags): ParsedArguments<Flags> {
  const end = argv.indexOf('--');
  const own = end < 0 ? [...argv] : argv.slice(0, end);
  try {
    const { values, positionals } = parseArgs<Config<Flags>>({ args: own, options: flags, strict: true, allowPositionals: true });
    return { values, positionals, rest: end < 0 ? [] : argv.slice(end + 1) };
  } catch (error) {
    throw new UsageError(firstSentence(error));
  }
}

/** Node's advice about `--` does not fit a command that gives `--` a meaning of its own. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message.split(/\. |\n/, 1)[0]?.replace(/\.$/, '')}.`;
}
