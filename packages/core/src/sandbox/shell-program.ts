import type { Program } from '../contract/process.ts';
import type { Sandbox } from '../contract/sandbox.ts';

/** Runs its argument in bash if the image has it, otherwise in sh. The command is an argument and never part of the script. */
const BASH_OR_SH = 'if command -v bash >/dev/null 2>&1; then exec bash -c "$1"; fi; exec sh -c "$1"';

/**
 * Returns a program that runs a shell command in bash if the sandbox has bash, otherwise in sh: models and agent frameworks write commands
 * for bash. In a sandbox with a virtual kernel, both names are the same shell.
 */
export function shellProgram({ capabilities }: Pick<Sandbox, 'capabilities'>, command: string): Program {
  return capabilities.kernel === 'virtual' ? { command } : { argv: ['sh', '-c', BASH_OR_SH, 'sh', command] };
}
