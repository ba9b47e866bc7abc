import { listBackends } from '@sandpod/sandpod';
import { parseArguments } from '../arguments/parse-arguments.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { toDocument } from '../render/json-document.ts';
import type { Command, CommandContext } from './command.ts';

const help = `Lists where code can run.

Usage: sandpod backends [--json]

      --json  a JSON list of { name, package, description }
  -h, --help  this text

Examples
  sandpod backends
  sandpod run --on embedded answer.md
`;

/** `sandpod backends`. */
export const backendsCommand: Command = { summary: 'List where code can run', help, run: runBackends };

async function runBackends(argv: readonly string[], { stdout }: CommandContext): Promise<number> {
  const { values, positionals } = parseArguments(argv, { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  if (positionals.length > 0) throw new UsageError(`Expected no arguments, got ${positionals.join(' ')}.`, 'See: sandpod backends --help');
  if (values.help) await stdout.write(help);
  else await stdout.write(values.json ? toDocument(listBackends()) : table());
  return 0;
}

function table(): string {
  const backends = listBackends();
  const width = Math.max(...backends.map(({ name }) => name.length));
  return backends.map(({ name, description }) => `${name.padEnd(width)}  ${description}\n`).join('');
}
