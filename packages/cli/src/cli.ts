import { existsSync } from 'node:fs';
import { closestName } from '@sandpod/core/backend';
import { UsageError } from './arguments/usage-error.ts';
import { backendsCommand } from './commands/backends.ts';
import type { Command, CommandContext } from './commands/command.ts';
import { doctorCommand } from './commands/doctor.ts';
import { extendCommand } from './commands/extend.ts';
import { listCommand } from './commands/list.ts';
import { mcpCommand } from './commands/mcp.ts';
import { rbacCommand } from './commands/rbac.ts';
import { runCommand } from './commands/run.ts';
import { sweepCommand } from './commands/sweep.ts';
import { reportError } from './render/report-error.ts';
import { readVersion } from './version.ts';

const commands: Readonly<Record<string, Command>> = {
  run: runCommand,
  backends: backendsCommand,
  doctor: doctorCommand,
  list: listCommand,
  extend: extendCommand,
  sweep: sweepCommand,
  rbac: rbacCommand,
  mcp: mcpCommand,
};

/** Runs one command line; resolves with the exit code and never rejects. */
export async function runCli(argv: readonly string[], context: CommandContext): Promise<number> {
  try {
    return await dispatch(argv, context);
  } catch (error) {
    const command = Object.keys(commands).find((name) => name === argv[0]);
    return reportError(error, { ...context, isJson: asksForJson(argv), command });
  }
}

async function dispatch([word, ...rest]: readonly string[], context: CommandContext): Promise<number> {
  if (word === undefined)
    throw new UsageError('Expected a command, got none.', `Commands: ${Object.keys(commands).join(', ')}. See: sandpod --help`);
  if (word === '--version' || word === '-V') return print(`${readVersion()}\n`, context);
  if (word === '--help' || word === '-h' || word === 'help') return print(helpFor(rest[0]), context);
  return findCommand(word).run(rest, context);
}

async function print(text: string, { stdout }: CommandContext): Promise<number> {
  await stdout.write(text);
  return 0;
}

function findCommand(word: string): Command {
  const command = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (command) return command;
  const closest = closestName(word, Object.keys(commands));
  const suggestion = closest === undefined ? undefined : `Did you mean: sandpod ${closest}`;
  const advice = existsSync(word) ? `To run that file: sandpod run ${word}` : suggestion;
  throw new UsageError(`Expected one of the commands ${Object.keys(commands).join(', ')}, got ${JSON.stringify(word)}.`, advice);
}

function helpFor(word: string | undefined): string {
  return word === undefined ? generalHelp() : findCommand(word).help;
}

function generalHelp(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const list = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Runs code written by language models in a sandbox.

Usage: sandpod COMMAND [options]

Commands
${list.join('\n')}

  -h, --help     show help; for a command: sandpod COMMAND --help
  -V, --version  show the version

Examples
  sandpod run answer.md
  sandpod run -c 'print(6 * 7)'
  sandpod run --timeout 10 script.py -- --fast
`;
}

function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json');
}
