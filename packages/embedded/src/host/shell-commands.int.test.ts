import { getCommandNames } from 'just-bash';
import { expect, it } from 'vitest';
import { utilityCommands } from '../shell/utility-commands.ts';
import { PROGRAM_ALIASES } from './programs.ts';
import { SHELL_COMMANDS } from './shell-commands.ts';

/** Meaningful inside a shell only. */
const BUILTINS = ['alias', 'unalias', 'history', 'help', ...PROGRAM_ALIASES.keys()];

it('the programs of the sandbox are the commands that the shell has', () => {
  const known = [...getCommandNames(), ...utilityCommands().map(({ name }) => name)];
  expect([...SHELL_COMMANDS].sort()).toEqual([...new Set(known.filter((name) => !BUILTINS.includes(name)))].sort());
});
