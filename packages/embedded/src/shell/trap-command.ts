import { type Command, defineCommand, type ExecResult, type ResolvedCommandContext } from 'just-bash';
import { unsupportedName } from './arithmetic-substitutions.ts';
import { trapDoneName, trapVariable } from './exit-traps.ts';
import { nestedTrapName } from './script-repairs.ts';

const refusedSignals = new Set(['ERR', 'DEBUG', 'RETURN']);

function result(exitCode: number, stderr = ''): ExecResult {
  return { stdout: '', stderr, exitCode };
}

/** The trap handlers of a shell. The EXIT handler runs when the script has ended. Signals never arrive in a sandbox. */
export class Traps {
  #onExit: string | undefined;
  #variables: Record<string, string> = {};
  /** True if a script used a feature that this shell lacks. The exit code of the script must then not be 0. */
  hasRefused = false;

  get onExit(): string | undefined {
    return this.#onExit;
  }

  /** Returns the variables that the script had when it set the EXIT handler. */
  get variables(): Record<string, string> {
    return this.#variables;
  }

  refuse(message: string): ExecResult {
    this.hasRefused = true;
    return result(2, `${message}\n`);
  }

  commands(): Command[] {
    return [
      defineCommand('trap', async (given, shell) => this.#set(given, shell)),
      defineCommand(nestedTrapName, async (given, shell) =>
        given.includes('EXIT') || given.includes('0')
          ? this.refuse('trap: handlers for EXIT in a subshell are not supported in this sandbox')
          : this.#set(given, shell),
      ),
      defineCommand(unsupportedName, async ([message = '']) => this.refuse(message)),
      defineCommand(trapDoneName, async () => {
        this.#onExit = undefined;
        return result(0);
      }),
    ];
  }

  async #set(given: readonly string[], shell: ResolvedCommandContext): Promise<ExecResult> {
    const words = given[0] === '--' ? given.slice(1) : given;
    const [first] = words;
    if (first === undefined || first === '-p') return { ...result(0), stdout: this.#shown() };
    if (first === '-l') return this.refuse('trap: -l is not supported in this sandbox');
    const handler = words.length === 1 || first === '-' ? undefined : first;
    const signals = words.slice(words.length === 1 ? 0 : 1).map((name) => name.toUpperCase().replace(/^SIG/, ''));
    const refused = handler ? signals.find((signal) => refusedSignals.has(signal)) : undefined;
    if (refused !== undefined) return this.refuse(`trap: handlers for ${refused} are not supported in this sandbox`);
    if (signals.includes('EXIT') || signals.includes('0')) await this.#setExit(handler, shell);
    return result(0);
  }

  #shown(): string {
    return this.#onExit === undefined ? '' : `trap -- '${this.#onExit.replaceAll("'", `'\\''`)}' EXIT\n`;
  }

  async #setExit(handler: string | undefined, shell: ResolvedCommandContext): Promise<void> {
    this.#onExit = handler || undefined;
    this.#variables = Object.fromEntries(shell.env);
    await shell.assignShellVariable?.(trapVariable, handler ?? '');
  }
}
