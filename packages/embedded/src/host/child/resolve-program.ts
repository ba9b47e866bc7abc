import { PROGRAM_ALIASES, type ProgramName } from '../programs.ts';

const PROGRAM_DIRECTORIES = ['/bin/', '/usr/bin/', '/usr/local/bin/'];

/** The interpreter that runs a program; undefined when the sandbox has no such program. */
export function resolveProgram(name: string): ProgramName | undefined {
  const directory = PROGRAM_DIRECTORIES.find((candidate) => name.startsWith(candidate)) ?? '';
  const base = name.slice(directory.length);
  return PROGRAM_ALIASES.get(base);
}
