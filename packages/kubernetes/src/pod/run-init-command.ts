import { type Sandbox, SandpodError } from '@sandpod/core';

const SHOWN_CHARACTERS = 1_000;

/** Runs a caller's shell line in a new pod. @throws {SandpodError} `start-failed` with what it wrote, unless it ends with 0. */
export async function runInitCommand(sandbox: Sandbox, command: string | undefined, abortSignal: AbortSignal): Promise<void> {
  if (command === undefined) return;
  const { exitCode, stdout, stderr } = await sandbox.run({ command, abortSignal });
  if (exitCode === 0) return;
  const said = (stderr.trim() || stdout.trim()).slice(-SHOWN_CHARACTERS);
  throw new SandpodError({
    code: 'start-failed',
    message: `initCommand ended with exit code ${exitCode}: ${said}`,
    advice: 'Correct initCommand; the message has the end of what it wrote.',
    isRetryable: false,
  });
}
