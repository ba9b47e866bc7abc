import type { ProcessOptions, Program, RunOptions, SpawnOptions } from '../contract/process.ts';
import type { Sandbox } from '../contract/sandbox.ts';
import type { SandboxSession, SessionProcess, WritableSessionProcess } from '../contract/sandbox-session.ts';
import { filesOver } from './files-over.ts';
import { shellProgram } from './shell-program.ts';

interface CommandOptions {
  readonly command: string;
  readonly workingDirectory?: string;
  readonly env?: Record<string, string>;
  readonly abortSignal?: AbortSignal;
  readonly stdin?: boolean;
}

/** Returns a restricted view of a sandbox for tools. The view cannot end the sandbox and has no access to its limits. */
export function restrict(sandbox: Sandbox): SandboxSession {
  return {
    description: sandbox.description,
    ...filesOver(async () => sandbox),
    stat: async (options) => {
      const stat = await sandbox.stat(options);
      return stat === null ? null : { type: stat.type, size: stat.size };
    },
    spawn: spawnOf(sandbox),
    run: async (options) => {
      const { exitCode, stdout, stderr } = await sandbox.run(toOptions(sandbox, options) satisfies RunOptions);
      return { exitCode, stdout, stderr };
    },
  };
}

function spawnOf(sandbox: Sandbox): SandboxSession['spawn'] {
  const spawn = async (options: CommandOptions): Promise<SessionProcess | WritableSessionProcess> => {
    const process = await sandbox.spawn({ ...toOptions(sandbox, options), stdin: options.stdin === true } satisfies SpawnOptions);
    const { pid, stdin, stdout, stderr } = process;
    return {
      ...(pid === undefined ? {} : { pid }),
      ...(stdin === undefined ? {} : { stdin }),
      stdout,
      stderr,
      wait: async () => ({ exitCode: (await process.wait()).exitCode }),
      kill: () => process.kill(),
    };
  };
  return spawn as SandboxSession['spawn'];
}

function toOptions(sandbox: Sandbox, options: CommandOptions): Program & ProcessOptions {
  const { command, workingDirectory, env, abortSignal } = options;
  return {
    ...shellProgram(sandbox, command),
    ...(workingDirectory === undefined ? {} : { cwd: workingDirectory }),
    ...(env === undefined ? {} : { env }),
    ...(abortSignal === undefined ? {} : { abortSignal }),
  };
}
