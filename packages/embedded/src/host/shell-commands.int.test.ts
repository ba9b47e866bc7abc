import { getCommandNames } from 'just-bash';
import { expect, it } from 'vitest';
import { utilityCommands } from '../shell/utility-commands.ts';
import { PROGRAM_ALIASES } from './programs.ts';
import { SHELL_COMMANDS } from './shell-commands.ts';

/** Commands that make sense only inside a shell, interpreters, and commands that this shell leaves out. */
const NOT_PROGRAMS = ['alias', 'unalias', 'history', 'help', 'trap', 'sqlite3', 'js-exec', ...PROGRAM_ALIASES.keys()];

it('the programs of the sandbox are the commands of the shell', () => {
  const known = [...getCommandNames(), ...utilityCommands().map(({ name }) => name)];
  expect([...SHELL_COMMANDS].sort()).toEqual([...new Set(known.filter((name) => !NOT_PROGRAMS.includes(name)))].sort());
});
