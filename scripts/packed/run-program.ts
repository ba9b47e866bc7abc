import { spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program and resolves with its standard output. If the exit code is not 0, rejects with an error that contains the output. */
export async function runProgram(argv: readonly [string, ...string[]], options: ProgramOptions): Promise<string> {
  const [program, ...args] = argv;
  const child = spawn(program, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes));
  const exitCode = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const text = Buffer.concat(stdout).toString();
  if (exitCode !== 0) throw new Error(`${argv.join(' ')} ended with ${exitCode}:\n${text}${Buffer.concat(stderr).toString()}`);
  return text;
}
