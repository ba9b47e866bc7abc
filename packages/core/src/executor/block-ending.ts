import type { Outcome } from '../contract/outcome.ts';
import type { EndCause } from '../control/end-cause.ts';
import type { ErrorCode } from '../errors/error-codes.ts';
import { ProcessLost } from '../errors/process-lost.ts';
import { SandpodError } from '../errors/sandpod-error.ts';

/** The way in which a block ended. */
export interface BlockEnding {
  readonly outcome: Outcome;
  readonly exitCode: number | null;
  readonly reason?: string;
}

/** Start failures that guest code can cause. They become results, not thrown errors. After `session-lost`, the sandbox is replaced. */
const GUEST_CAUSED: Partial<Record<ErrorCode, Outcome>> = {
  'invalid-path': 'refused',
  'path-outside-workspace': 'refused',
  'is-directory': 'refused',
  'not-directory': 'refused',
  'permission-denied': 'refused',
  'program-not-found': 'refused',
  'disk-full': 'disk-limit',
  'sandbox-unusable': 'session-lost',
};

export function endedByItself(status: { readonly exitCode: number; readonly reason?: string }): BlockEnding {
  const { exitCode, reason } = status;
  if (exitCode === 0) return { outcome: 'ok', exitCode };
  return { outcome: 'failed', exitCode, reason: reason ?? `The program exited with code ${exitCode}.` };
}

export function endedByCause(cause: EndCause): BlockEnding {
  return { outcome: cause.kind === 'timeout' ? 'timeout' : 'cancelled', exitCode: null, reason: cause.reason };
}

/** Returns the ending of a block that failed with this error after its program had started. */
export function endedByError(error: unknown): BlockEnding {
  if (ProcessLost.isInstance(error)) return { outcome: error.outcome, exitCode: null, reason: error.reason };
  if (SandpodError.isInstance(error) && error.code === 'sandbox-ended')
    return { outcome: 'session-lost', exitCode: null, reason: error.message };
  return { outcome: 'transport', exitCode: null, reason: error instanceof Error ? error.message : String(error) };
}

/**
 * Returns the ending of a block that could not be started. Returns undefined if the platform caused the error; the caller must then throw
 * the error.
 */
export function refusedByError(error: unknown): BlockEnding | undefined {
  if (ProcessLost.isInstance(error)) return endedByError(error);
  if (!SandpodError.isInstance(error)) return undefined;
  const outcome = GUEST_CAUSED[error.code];
  if (outcome === undefined) return undefined;
  const isOutside = error.code === 'path-outside-workspace';
  return { outcome, exitCode: null, reason: isOutside ? `Filename is not in the workspace: ${error.message}` : error.message };
}
