import {
  bytesOutput,
  type Command,
  defineCommand,
  type ExecResult,
  latin1FromBytes,
  type ResolvedCommandContext,
  unsafeBytesFromLatin1,
} from 'just-bash';
import { ToolError } from './tool-options.ts';

/** The input and output of a tool. If all input is UTF-8, text is decoded as UTF-8. Otherwise, text has one character per byte. */
export class ToolRun {
  readonly name: string;
  readonly given: readonly string[];
  readonly shell: ResolvedCommandContext;
  stdout = '';
  stderr = '';
  exitCode = 0;
  #isBytes = false;
  readonly #out: string[] = [];

  constructor(name: string, given: readonly string[], shell: ResolvedCommandContext) {
    this.name = name;
    this.given = given;
    this.shell = shell;
  }

  print(text: string): void {
    this.#out.push(text);
  }

  /** Prints bytes from a string with one character per byte. */
  printBytes(bytes: string): void {
    this.#isBytes = true;
    this.#out.push(bytes);
  }

  complain(message: string, exitCode = 1): void {
    this.stderr += `${this.name}: ${message}\n`;
    this.exitCode = Math.max(this.exitCode, exitCode);
  }

  path(name: string): string {
    return this.shell.fs.resolvePath(this.shell.cwd, name);
  }

  /** Returns the text of a file, or of standard input for `-`. */
  async read(name: string): Promise<string> {
    return this.#text(await this.readBytes(name));
  }

  /** Returns the bytes of a file as a string with one character per byte. */
  async readBytes(name: string): Promise<string> {
    const { fs, stdin } = this.shell;
    if (name === '-' || name === '/dev/stdin') return latin1FromBytes(stdin);
    return Buffer.from(await fs.readFileBuffer(this.path(name))).toString('latin1');
  }

  /** Reads a file. If that fails, prints the reason and returns undefined. */
  tryRead(name: string, exitCode = 1): Promise<string | undefined> {
    return this.#tried(name, { exitCode, reading: this.read(name) });
  }

  tryReadBytes(name: string): Promise<string | undefined> {
    return this.#tried(name, { exitCode: 1, reading: this.readBytes(name) });
  }

  async #tried(
    name: string,
    { exitCode, reading }: { readonly exitCode: number; readonly reading: Promise<string> },
  ): Promise<string | undefined> {
    try {
      return await reading;
    } catch (error) {
      this.complain(`${name}: ${fileProblem(error)}`, exitCode);
      return undefined;
    }
  }

  async write(name: string, text: string): Promise<void> {
    await this.shell.fs.writeFile(this.path(name), text, this.#isBytes ? 'binary' : 'utf8');
  }

  async append(name: string, text: string): Promise<void> {
    await this.shell.fs.appendFile(this.path(name), text, this.#isBytes ? 'binary' : 'utf8');
  }

  /** Runs a shell line with the given standard input, and prints its errors. */
  async shellLine(line: string, stdin = ''): Promise<ExecResult> {
    const { exec, cwd, exportedEnv } = this.shell;
    if (!exec) throw new ToolError('no shell to run a command');
    const result = await exec(line, { cwd, env: { ...exportedEnv }, stdin, stdinKind: this.#isBytes ? 'bytes' : 'text' });
    this.stderr += result.stderr;
    const stdout = result.stdoutKind === 'bytes' ? this.#text(result.stdout) : result.stdout;
    return { ...result, stdout };
  }

  result(): ExecResult {
    const stdout = this.#out.join('');
    const { stderr, exitCode } = this;
    return this.#isBytes
      ? { ...bytesOutput(unsafeBytesFromLatin1(stdout)), stderr, exitCode }
      : { stdout, stdoutKind: 'text', stderr, exitCode };
  }

  #text(bytes: string): string {
    const decoded = Buffer.from(bytes, 'latin1');
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(decoded);
    } catch {
      this.#isBytes = true;
      return bytes;
    }
  }
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  EEXIST: 'File exists',
  EROFS: 'Read-only file system',
  ENOTEMPTY: 'Directory not empty',
};

/** Returns the usual error text for a failed file operation. */
export function fileProblem(error: unknown): string {
  const code = String((error as { readonly code?: unknown }).code ?? '');
  if (code === 'ENOSPC' || !(error instanceof Error)) throw error;
  return problems[code] ?? error.message;
}

/** Splits text into lines without their separators. */
export function linesOf(text: string, separator = '\n'): string[] {
  const lines = text.split(separator);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/**
 * Turns a function into a command. If the function throws a {@link ToolError}, the command prints its own name and the error's message, and
 * exits with `wrongCode`.
 */
export function toolCommand(name: string, run: (tool: ToolRun) => Promise<void>, wrongCode = 1): Command {
  return defineCommand(name, async (given, shell) => {
    const tool = new ToolRun(name, given, shell);
    try {
      await run(tool);
    } catch (error) {
      if (!(error instanceof ToolError)) throw error;
      tool.complain(error.message, error.exitCode === 1 ? wrongCode : error.exitCode);
    }
    return tool.result();
  });
}
