import { posix } from 'node:path';
import { Bash, type BashExecResult, type CommandName, getCommandNames, type ScriptNode, type StatementNode } from 'just-bash';
import type { GuestContext, GuestExit, GuestProgram } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';
import { lazyProgram } from '../guest/lazy-program.ts';
import { readToEnd, readWholeFile } from '../javascript/whole-file.ts';
import { CommandFiles } from './command-files.ts';
import { directoriesCommand } from './directories-command.ts';
import { withExitTraps } from './exit-traps.ts';
import { ShellFileError } from './file-errors.ts';
import { JustBashFileSystem } from './just-bash-file-system.ts';
import { limitedCommands, memoryExit } from './memory-limits.ts';
import { programCommand } from './program-command.ts';
import { functionStatements, repairScript } from './script-repairs.ts';
import { traitsOf } from './script-traits.ts';
import { readShellArguments, type ShellRequest } from './shell-arguments.ts';
import { shellLimits } from './shell-limits.ts';
import { bytesToLatin1, contentToBytes } from './shell-text.ts';
import { directName, StreamingScript, withoutDirectNames } from './streaming-script.ts';
import { Traps } from './trap-command.ts';
import { utilityCommands } from './utility-commands.ts';

export interface ShellProgramOptions {
  /** The programs that scripts can call, by name, such as `python3` and `node`. */
  readonly programs: ReadonlyMap<string, GuestProgram>;
}

interface Script {
  readonly source: string;
  readonly name: string;
  readonly arguments: readonly string[];
  readonly input: Uint8Array;
}

type Runnable = Extract<ShellRequest, { readonly type: 'script' | 'line' | 'input' }>;

const scriptLimit = 64 << 20;

/** Commands of just-bash that would start host threads, or that imitate programs that the sandbox does not have. */
const hostCommands: ReadonlySet<string> = new Set(['sqlite3', 'js-exec', 'python3', 'python']);

function allInput(context: GuestContext): Uint8Array {
  return readToEnd((length) => context.readInput(length), Number.MAX_SAFE_INTEGER);
}

/** Turns command-line options into a `set` on the script's first line, so that line numbers stay correct. */
function withOptions(source: string, options: readonly string[]): string {
  return options.length === 0 ? source : `set ${options.join(' ')}; ${source}`;
}

function readScript(context: GuestContext, request: Runnable): Script {
  const name = context.argv[0];
  if (request.type === 'input') {
    const source = new TextDecoder().decode(allInput(context));
    return { source: withOptions(source, request.options), name, arguments: request.arguments, input: new Uint8Array() };
  }
  if (request.type === 'line') {
    return {
      source: withOptions(request.line, request.options),
      name: request.name,
      arguments: request.arguments,
      input: allInput(context),
    };
  }
  const path = posix.resolve(context.cwd, request.path);
  const source = new TextDecoder().decode(readWholeFile(context.files, { path, limit: scriptLimit }));
  return { source: withOptions(source, request.options), name: request.path, arguments: request.arguments, input: allInput(context) };
}

/** Returns the values of `$0`, `$1`, `$#` and `$@`. just-bash stores them as variables that are not exported. */
function positionals({ name, arguments: values }: Script): Record<string, string> {
  const all = values.join(' ');
  const numbered = Object.fromEntries(values.map((value, index) => [String(index + 1), value]));
  return { ...numbered, '0': name, '#': String(values.length), '@': all, '*': all };
}

function makeShell(
  context: GuestContext,
  { programs, onExit, traps }: ShellProgramOptions & { readonly onExit: (exit: GuestExit) => void; readonly traps: Traps },
): Bash {
  const commands = [...programs].flatMap(([programName, program]) => [
    programCommand({ name: programName, programName, program, context, isDirect: false, onExit }),
    programCommand({ name: directName(programName), programName, program, context, isDirect: true, onExit }),
  ]);
  const custom = [...utilityCommands(), ...limitedCommands(context, onExit), ...traps.commands(), directoriesCommand(traps), ...commands];
  const bundled = (getCommandNames() as CommandName[]).filter((name) => !hostCommands.has(name));
  const names = new Set<string>([...bundled, ...custom.map(({ name }) => name)]);
  return new Bash({
    fs: new JustBashFileSystem(context, new CommandFiles(names)),
    commands: bundled,
    cwd: context.cwd,
    env: { ...context.env },
    executionLimits: shellLimits(context.memoryBytes),
    customCommands: custom,
    // This defense replaces globals that the interpreters need. WebAssembly and the child process isolate the code instead.
    defenseInDepth: false,
    processInfo: { pid: 2, ppid: 1, uid: 1000, gid: 1000 },
  });
}

/** Runs a script in just-bash: repairs the script, and streams its output while it runs. */
class ScriptRun {
  limited: GuestExit | undefined;
  readonly traps = new Traps();
  readonly #context: GuestContext;
  readonly #script: Script;
  readonly #shell: Bash;
  readonly #programs: readonly string[];
  #functions: StatementNode[] = [];
  #isScript = true;

  constructor(context: GuestContext, { script, programs }: ShellProgramOptions & { readonly script: Script }) {
    this.#context = context;
    this.#script = script;
    const onExit = (exit: GuestExit): void => {
      if (exit.limit) this.limited ??= exit;
    };
    this.#shell = makeShell(context, { programs, onExit, traps: this.traps });
    this.#programs = [...programs.keys()];
    this.#shell.registerTransformPlugin({ name: 'sandpod', transform: ({ ast }) => ({ ast: this.#transform(ast) }) });
  }

  async run(): Promise<number> {
    const { exitCode, env } = await this.#execute(this.#script.source, positionals(this.#script));
    const handler = this.traps.onExit;
    if (handler === undefined) return exitCode;
    this.#isScript = true;
    const ended = await this.#execute(`(exit ${exitCode})\n${handler}\n(exit ${exitCode})`, { ...this.traps.variables, ...env });
    return ended.exitCode;
  }

  async #execute(source: string, env: Record<string, string>): Promise<BashExecResult> {
    const stdin = bytesToLatin1(this.#script.input);
    const cwd = env['PWD'] ?? this.#context.cwd;
    const result = await this.#shell.exec(source, { env, cwd, rawScript: true, stdin, stdinKind: 'bytes' });
    this.#context.writeOutput('stdout', contentToBytes(result.stdout, result.stdoutKind === 'bytes' ? 'binary' : 'utf8'));
    this.#context.writeOutput('stderr', withoutDirectNames(contentToBytes(result.stderr)));
    this.limited ??= memoryExit(this.#context, result);
    return result;
  }

  /**
   * Changes a script before it runs. Also called for commands that `xargs`, `env` and similar tools run. The output of those
   * commands belongs to the tools, not to the script.
   */
  #transform(ast: ScriptNode): ScriptNode {
    const isScript = this.#isScript;
    this.#isScript = false;
    const functions = functionStatements(ast);
    const statements = isScript ? [...this.#functions, ...ast.statements] : ast.statements;
    const repaired = repairScript(withExitTraps({ ...ast, statements }));
    if (isScript) this.#functions = functions;
    if (!isScript) return repaired;
    const traits = traitsOf(this.#script.source, repaired);
    return new StreamingScript({ programs: this.#programs, traits }).transform(repaired);
  }
}

async function runScript(context: GuestContext, options: ShellProgramOptions & { readonly script: Script }): Promise<GuestExit> {
  const run = new ScriptRun(context, options);
  const exitCode = await run.run();
  return { ...run.limited, exitCode: exitCode === 0 && run.traps.hasRefused ? 2 : exitCode };
}

/** Returns the exit of a script with a failed file operation. just-bash ends the script if a redirection cannot write. */
function fileFailure(context: GuestContext, error: ShellFileError): GuestExit {
  complain(context, error.message);
  if (error.code !== 'ENOSPC') return { exitCode: 1 };
  return { exitCode: 1, limit: 'disk', reason: 'The script stopped because the disk limit was reached.' };
}

function complain(context: GuestContext, message: string): void {
  context.writeOutput('stderr', new TextEncoder().encode(`${context.argv[0]}: ${message}\n`));
}

function cannotRead(context: GuestContext, { path, error }: { readonly path: string; readonly error: GuestFileError }): GuestExit {
  complain(context, `${path}: ${error.code === 'EISDIR' ? 'Is a directory' : 'No such file or directory'}`);
  return { exitCode: error.code === 'EISDIR' ? 126 : 127 };
}

async function runRequest(
  context: GuestContext,
  { request, programs }: ShellProgramOptions & { readonly request: Runnable },
): Promise<GuestExit> {
  try {
    return await runScript(context, { programs, script: readScript(context, request) });
  } catch (error) {
    if (error instanceof ShellFileError) return fileFailure(context, error);
    if (error instanceof GuestFileError) return cannotRead(context, { path: request.type === 'script' ? request.path : '', error });
    throw error;
  }
}

/**
 * Creates the sandbox's program `sh` (and `bash`), which is just-bash with the sandbox's files, and with the other programs as commands.
 */
export function createShellProgram(options: ShellProgramOptions): GuestProgram {
  const shell: GuestProgram = async (context) => {
    const request = readShellArguments(context.argv[0], context.argv.slice(1));
    if (request.type === 'version') {
      context.writeOutput('stdout', new TextEncoder().encode('sandpod shell (just-bash), GNU bash 5.1 language\n'));
      return { exitCode: 0 };
    }
    if (request.type === 'wrong') {
      complain(context, request.message);
      return { exitCode: 2 };
    }
    return runRequest(context, { programs, request });
  };
  const jq = lazyProgram(async () => (await import('../jq/jq-program.ts')).createJqProgram());
  const programs = new Map([...options.programs, ['sh', shell], ['bash', shell], ['jq', jq]]);
  return shell;
}
