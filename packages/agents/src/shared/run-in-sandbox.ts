import { type CodeResult, type OutputChunk, ProcessLost, type Program, type Sandbox, type SandboxProcess } from '@sandpod/core';
import { type FollowProcessOptions, followProcess, OutputCollector, shellProgram } from '@sandpod/core/backend';

/** Commands run in bash if the sandbox has it, otherwise in sh. */
export type SandboxRun = Program & SandboxRunOptions;

interface SandboxRunOptions {
  readonly timeoutMs: number;
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Maximum number of bytes kept from each output stream. Default 1 MiB. */
  readonly keptBytes?: number | undefined;
  readonly abortSignal?: AbortSignal | undefined;
  /** Receives the output while the command runs. */
  readonly onChunk?: ((chunk: OutputChunk) => void) | undefined;
}

/** The result of a command: the fields of a `CodeResult` that do not depend on blocks. */
export type CommandResult = Omit<CodeResult, 'blocks'>;

type Ending = Pick<CodeResult, 'outcome' | 'exitCode' | 'reason'>;

/**
 * Runs a program or a shell command in a sandbox. Returns a result no matter how it ends. Throws if the call is aborted, or if the program
 * cannot be started.
 */
export async function runInSandbox(sandbox: Sandbox, { onChunk, keptBytes, ...options }: SandboxRun): Promise<CommandResult> {
  const startMs = performance.now();
  const { command: _command, argv: _argv, ...rest } = options;
  const program = options.argv === undefined ? shellProgram(sandbox, options.command) : { argv: options.argv };
  const process = await sandbox.spawn({ ...rest, ...program });
  const collector = new OutputCollector(keptBytes === undefined ? {} : { keptBytes });
  const onOutput = (chunk: OutputChunk): void => {
    collector.push(chunk);
    onChunk?.(chunk);
  };
  const ending = await endingOf(process, { onChunk: onOutput, abortSignal: options.abortSignal });
  const { totalBytes: _, ...texts } = collector.snapshot();
  return { ...ending, ...texts, files: [], results: [], stateLost: false, durationMs: performance.now() - startMs };
}

async function endingOf(process: SandboxProcess, options: FollowProcessOptions): Promise<Ending> {
  try {
    const { exitCode, reason } = await followProcess(process, options);
    return { outcome: exitCode === 0 ? 'ok' : 'failed', exitCode, ...(reason !== undefined && { reason }) };
  } catch (error) {
    if (!ProcessLost.isInstance(error)) throw error;
    return { outcome: error.outcome, exitCode: null, reason: error.reason };
  }
}
