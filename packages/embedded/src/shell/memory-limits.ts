import { type Command, defineCommand, type ExecResult } from 'just-bash';
import type { GuestContext, GuestExit } from '../guest/guest-contract.ts';
import { toolCommands } from './tools/tool-commands.ts';

/**
 * Matches the message that just-bash prints if a list or text would be larger than `shellLimits` allows. Messages with smaller
 * numbers are about other limits.
 */
const TOO_LARGE = /(?<!depth )limit exceeded \(\d{6,}|too many iterations \(\d{6,}/;
const LIMIT_EXIT_CODE = 126;
/** Commands that report such a limit as a failure of the command, so that the script continues. */
const COMMANDS = ['yq', 'awk', 'sed', 'sort'];
/** The commands that this shell implements or corrects. */
const own = new Map(toolCommands.map((command) => [command.name, command]));

/** Returns the exit of a script or command that exceeded a size limit for lists or texts. Returns undefined if no limit was exceeded. */
export function memoryExit(context: GuestContext, { exitCode, stderr }: Pick<ExecResult, 'exitCode' | 'stderr'>): GuestExit | undefined {
  if (exitCode !== LIMIT_EXIT_CODE || !TOO_LARGE.test(stderr)) return undefined;
  return {
    exitCode,
    limit: 'memory',
    reason: `The script ran out of memory: its limit is ${Math.round(context.memoryBytes / 2 ** 20)} MiB.`,
  };
}

/** Wraps commands of just-bash so that they report when they exceed a limit. */
export function limitedCommands(context: GuestContext, onExit: (exit: GuestExit) => void): Command[] {
  return COMMANDS.map((name) =>
    defineCommand(name, async (given, shell) => {
      const run = own.get(name)?.execute ?? shell.origCommand;
      if (run === undefined) return { stdout: '', stderr: `${name}: not available\n`, exitCode: 127 };
      const result = await run(given, shell);
      const exit = memoryExit(context, result);
      if (exit !== undefined) onExit(exit);
      return result;
    }),
  );
}
