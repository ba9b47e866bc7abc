export type ProgramLanguage = 'shell' | 'javascript' | 'python';

/** A small program and what the real interpreter prints for it. `record.ts` writes `stdout` and `exitCode`. */
export interface OneLiner {
  readonly code: string;
  readonly stdout: string;
  readonly exitCode: number;
  /** Why the sandbox answers otherwise: part of the message that it prints on standard error while it exits with another code than 0. */
  readonly refusal?: string;
}

/** The lists of recorded programs, with the interpreter of each. */
export const LISTS: Readonly<Record<string, ProgramLanguage>> = {
  'one-liners.json': 'shell',
  'shell-programs.json': 'shell',
  'javascript-programs.json': 'javascript',
  'python-programs.json': 'python',
};

/** How each interpreter is called, with the name of the file that contains the program. */
export const CALLS: Readonly<Record<ProgramLanguage, readonly [string, string]>> = {
  shell: ['bash', '.program.sh'],
  javascript: ['node', '.program.js'],
  python: ['python3', '.program.py'],
};
