import { bytesOutput, type Command, type ExecResult, latin1FromBytes, type ResolvedCommandContext, unsafeBytesFromLatin1 } from 'just-bash';
import type { GuestContext, GuestExit, GuestProgram } from '../guest/guest-contract.ts';
import { bytesToLatin1 } from './shell-text.ts';
import { withSubstitutedFiles } from './substituted-files.ts';

export interface ProgramCommand {
  readonly name: string;
  /** The name that the program receives as its own name. */
  readonly programName: string;
  readonly program: GuestProgram;
  readonly context: GuestContext;
  /** If true, output goes directly to the shell's output as it arrives, not to the reader of the command's output. */
  readonly isDirect: boolean;
  /** Called with the exit of every run. */
  readonly onExit: (exit: GuestExit) => void;
}

/** Creates a function that reads standard input from bytes that are already available. */
function inputReader(bytes: Uint8Array): (length: number) => Uint8Array {
  let position = 0;
  return (length) => {
    const part = bytes.subarray(position, position + length);
    position += part.length;
    return part;
  };
}

class CollectedOutput {
  readonly #chunks = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };

  readonly write = (stream: 'stdout' | 'stderr', bytes: Uint8Array): void => {
    this.#chunks[stream].push(bytes.slice());
  };

  result(exitCode: number): ExecResult {
    const stdout = bytesToLatin1(Buffer.concat(this.#chunks.stdout));
    return { ...bytesOutput(unsafeBytesFromLatin1(stdout)), stderr: Buffer.concat(this.#chunks.stderr).toString('utf8'), exitCode };
  }
}

async function guestContext(
  command: ProgramCommand,
  given: { readonly arguments: readonly string[]; readonly shell: ResolvedCommandContext },
): Promise<GuestContext> {
  const { context, programName } = command;
  const files = await withSubstitutedFiles(context.files, { given: given.arguments, shellFiles: given.shell.fs });
  const input = new Uint8Array(Buffer.from(latin1FromBytes(given.shell.stdin), 'latin1'));
  return {
    ...context,
    files,
    argv: [programName, ...given.arguments],
    env: { ...given.shell.exportedEnv },
    cwd: given.shell.cwd,
    readInput: inputReader(input),
  };
}

/**
 * Turns a program of the sandbox into a shell command. The command uses the shell's files, exported variables and working
 * directory. It passes bytes on unchanged.
 */
export function programCommand(command: ProgramCommand): Command {
  return {
    name: command.name,
    trusted: true,
    async execute(given, shell) {
      const output = new CollectedOutput();
      const context = await guestContext(command, { arguments: given, shell });
      const exit = await command.program(command.isDirect ? context : { ...context, writeOutput: output.write });
      command.onExit(exit);
      return output.result(exit.exitCode);
    },
  };
}
