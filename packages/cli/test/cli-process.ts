import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const repository: string = fileURLToPath(new URL('../../..', import.meta.url));
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** The command that starts the built CLI. */
export const cliCommand: readonly [string, ...string[]] = [process.execPath, main];

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input of the command. */
  readonly stdin?: string;
}

export interface CliEnd {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the real command; its streams are pipes. */
export function startCli(argv: readonly string[], options: CliOptions = {}): ChildProcessWithoutNullStreams {
  const [program, ...first] = cliCommand;
  const { SANDPOD_ON: _ignored, ...env } = process.env;
  return spawn(program, [...first, ...argv], { cwd: options.cwd ?? repository, env: { ...env, ...options.env } });
}

/** Runs the real command until it exits. */
export async function runCli(argv: readonly string[], options: CliOptions = {}): Promise<CliEnd> {
  const child = startCli(argv, options);
  child.stdin.end(options.stdin ?? '');
  return endOf(child);
}

/** Waits until the command has exited and its output has arrived. */
export async function endOf(child: ChildProcessWithoutNullStreams): Promise<CliEnd> {
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode, stdout, stderr };
}
