import { listBackends } from '@sandpod/sandpod';
import { toDocument } from '../render/json-document.ts';
import { toTable } from '../render/table.ts';
import { beginCommand } from './begin-command.ts';
import type { Command, CommandContext } from './command.ts';

const help = `Lists the back ends that can run code.

Usage: sandpod backends [--json]

      --json  print a JSON list of { name, package, description }
  -h, --help  show this help

Examples
  sandpod backends
  sandpod run --on embedded answer.md
`;

const FLAGS = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

/** The command `sandpod backends`. */
export const backendsCommand: Command = { summary: 'List the back ends', help, run: runBackends };

async function runBackends(argv: readonly string[], { stdout }: CommandContext): Promise<number> {
  const begun = await beginCommand(argv, { help, flags: FLAGS, stdout });
  if (begun !== undefined) await stdout.write(begun.values.json ? toDocument(listBackends()) : table());
  return 0;
}

function table(): string {
  return toTable(listBackends().map(({ name, description }) => [name, description]));
}
