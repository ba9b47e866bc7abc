import { SandpodError } from '@sandpod/core';

interface ExecStatus {
  readonly status?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string; readonly message?: string }[] };
}

/** Maximum number of characters in a status. No valid status is longer. */
const MAX_CHARACTERS = 64 * 1024;

/** Returns the exit code in a status frame. @throws {SandpodError} if the program could not be started, or the frame has no exit code. */
export function readExecStatus(text: string): number {
  if (text.length > MAX_CHARACTERS) throw malformed(text);
  const status = parse(text);
  if (status.status === 'Success') return 0;
  const cause = status.details?.causes?.find(({ reason }) => reason === 'ExitCode');
  if (status.reason === 'NonZeroExitCode' && /^\d{1,10}$/.test(cause?.message ?? '')) return Number(cause?.message);
  throw new SandpodError({
    code: 'program-not-found',
    message: `The container could not start the program: ${(status.message ?? text).slice(0, 500)}`,
  });
}

function parse(text: string): ExecStatus {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Reported below.
  }
  throw malformed(text);
}

function malformed(text: string): SandpodError {
  const message = `Expected a status of the exec protocol, given ${JSON.stringify(text.slice(0, 200))}.`;
  return new SandpodError({ code: 'transport', message });
}
