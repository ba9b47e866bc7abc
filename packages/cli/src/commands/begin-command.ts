import type { ParseArgsOptionsConfig } from 'node:util';
import { type ParsedArguments, parseArguments } from '../arguments/parse-arguments.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { OutputSink } from '../render/output-sink.ts';

export interface CommandPreamble<Flags extends ParseArgsOptionsConfig> {
  readonly help: string;
  /** Receives the help text. */
  readonly stdout: OutputSink;
  readonly flags: Flags & { readonly help: { readonly type: 'boolean' } };
  /** Maximum number of positional arguments, and their description in messages. Default: none are allowed. */
  readonly most?: { readonly count: number; readonly what: string };
}

/** Parses the flags and arguments of a command. If help was requested, prints the help and returns undefined. */
export async function beginCommand<Flags extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  preamble: CommandPreamble<Flags>,
): Promise<Pick<ParsedArguments<Flags>, 'values' | 'positionals'> | undefined> {
  const { help, stdout, flags, most = { count: 0, what: 'no arguments' } } = preamble;
  const { values, positionals } = parseArguments<Flags>(argv, flags);
  if (positionals.length > most.count) throw new UsageError(`Expected ${most.what}, got ${positionals.join(' ')}.`);
  if (!(values as { readonly help?: boolean }).help) return { values, positionals };
  await stdout.write(help);
  return undefined;
}
