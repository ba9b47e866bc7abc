import { PROGRAM_ALIASES, type ProgramName } from '../programs.ts';
import { SHELL_COMMANDS } from '../shell-commands.ts';

const PROGRAM_DIRECTORIES = ['/bin/', '/usr/bin/', '/usr/local/bin/'];

/** Shell line that runs its arguments as a command, without parsing them as shell text. just-bash would treat a bare `"$@"` as one word. */
const RUN_ARGUMENTS = 'command "$@"';

export interface ResolvedProgram {
  readonly program: ProgramName;
  readonly argv: readonly [string, ...string[]];
}

/** Finds the interpreter and the arguments for a program. Returns undefined if the sandbox has no such program. */
export function resolveProgram(argv: readonly [string, ...string[]]): ResolvedProgram | undefined {
  const [name, ...rest] = argv;
  const directory = PROGRAM_DIRECTORIES.find((candidate) => name.startsWith(candidate)) ?? '';
  const base = name.slice(directory.length);
  const program = PROGRAM_ALIASES.get(base);
  if (program) return { program, argv };
  return SHELL_COMMANDS.has(base) ? { program: 'shell', argv: ['sh', '-c', RUN_ARGUMENTS, 'sh', base, ...rest] } : undefined;
}
