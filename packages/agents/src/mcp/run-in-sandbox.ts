import { ProcessLost, type Sandbox } from '@sandpod/core';
import type { RunResult } from './run-answer.ts';

/** Runs a shell line in a sandbox; how it ends is a result, unless it was aborted. */
export async function runInSandbox(
  sandbox: Sandbox,
  options: { readonly command: string; readonly timeoutMs: number; readonly abortSignal: AbortSignal },
): Promise<RunResult> {
  const startMs = performance.now();
  const ending = await sandbox.run(options).catch(lossOf);
  const { stdout, stderr } = ending;
  const output = stdout + (stdout === '' || stdout.endsWith('\n') || stderr === '' ? '' : '\n') + stderr;
  return { ...ending, output, files: [], results: [], stateLost: false, durationMs: performance.now() - startMs };
}

function lossOf(error: unknown): Pick<RunResult, 'outcome' | 'exitCode' | 'stdout' | 'stderr'> & { readonly reason?: string } {
  if (!ProcessLost.isInstance(error)) throw error;
  const { outcome, stdout, stderr, reason } = error;
  return { outcome, exitCode: null, stdout, stderr, reason };
}
