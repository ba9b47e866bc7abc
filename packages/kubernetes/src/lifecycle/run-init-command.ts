import { ProcessLost, type RunOptions, type Sandbox, SandpodError } from '@sandpod/core';
import { INIT_RUN, INIT_WAIT } from '../manifest/script/scripts.generated.ts';

const SHOWN_CHARACTERS = 1_000;
const ADVICE = 'Correct initCommand; the message contains the end of its output.';

/** Runs `initCommand` in a new pod. @throws {SandpodError} `start-failed` with the command's output if its exit code is not 0. */
export async function runInitCommand(sandbox: Sandbox, command: string | undefined, abortSignal: AbortSignal): Promise<void> {
  if (command === undefined) return;
  const { exitCode, stdout, stderr } = await runToEnd(sandbox, { argv: ['sh', '-c', INIT_RUN, markOf(sandbox), command], abortSignal });
  if (exitCode === 0) return;
  throw initFailed(`initCommand exited with code ${exitCode}: ${endOf({ stdout, stderr })}`);
}

/**
 * Waits until `initCommand` has ended in a pod that another process created. Resolves with false if the command was interrupted.
 *
 * @throws {SandpodError} `start-failed` if the pod ends during the wait.
 */
export async function awaitInitCommand(sandbox: Sandbox, command: string | undefined, abortSignal: AbortSignal): Promise<boolean> {
  if (command === undefined) return true;
  const { exitCode } = await runToEnd(sandbox, { argv: ['sh', '-c', INIT_WAIT, markOf(sandbox)], abortSignal });
  return exitCode === 0;
}

function markOf({ id }: Sandbox): string {
  return `/tmp/.sandpod-ready-${id}`;
}

async function runToEnd(sandbox: Sandbox, options: RunOptions): ReturnType<Sandbox['run']> {
  try {
    return await sandbox.run(options);
  } catch (error) {
    if (!ProcessLost.isInstance(error)) throw error;
    throw initFailed(`initCommand was interrupted: ${error.reason} (${error.outcome}) ${endOf(error)}`.trim(), error);
  }
}

function endOf({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): string {
  return (stderr.trim() || stdout.trim()).slice(-SHOWN_CHARACTERS);
}

function initFailed(message: string, cause?: ProcessLost): SandpodError {
  const isRetryable = cause?.outcome === 'transport' || cause?.outcome === 'evicted';
  return new SandpodError({ code: 'start-failed', message, advice: ADVICE, isRetryable, cause });
}
