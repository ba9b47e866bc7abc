import { type OutputChunk, ProcessLost, type Sandbox, type SandboxProcess } from '@sandpod/core';
import { OutputCollector } from '@sandpod/core/backend';
import type { RunResult } from './run-answer.ts';

export interface SandboxRun {
  readonly command: string;
  readonly timeoutMs: number;
  readonly abortSignal: AbortSignal;
  /** Receives the output while the command runs. */
  readonly onChunk: (chunk: OutputChunk) => void;
}

type Ending = Pick<RunResult, 'outcome' | 'exitCode' | 'reason'>;

/** Runs a shell command in a sandbox. Any ending is a result, except an abort, which is thrown. */
export async function runInSandbox(sandbox: Sandbox, { onChunk, ...options }: SandboxRun): Promise<RunResult> {
  const startMs = performance.now();
  const process = await sandbox.spawn(options);
  const collector = new OutputCollector();
  const ending = await endingOf(process, (chunk) => {
    collector.push(chunk);
    onChunk(chunk);
  });
  const { totalBytes: _, ...texts } = collector.snapshot();
  return { ...ending, ...texts, files: [], results: [], stateLost: false, durationMs: performance.now() - startMs };
}

async function endingOf(process: SandboxProcess, onChunk: SandboxRun['onChunk']): Promise<Ending> {
  try {
    for await (const chunk of process.output) onChunk(chunk);
    const { exitCode, reason } = await process.wait();
    return { outcome: exitCode === 0 ? 'ok' : 'failed', exitCode, ...(reason !== undefined && { reason }) };
  } catch (error) {
    await process.kill();
    return lossOf(await causeOf(process, error));
  }
}

/** A broken output stream is only a symptom: `wait` rejects with the cause. */
function causeOf(process: SandboxProcess, error: unknown): Promise<unknown> {
  return process.wait().then(
    () => error,
    (cause: unknown) => cause,
  );
}

function lossOf(error: unknown): Ending {
  if (!ProcessLost.isInstance(error)) throw error;
  return { outcome: error.outcome, exitCode: null, reason: error.reason };
}
