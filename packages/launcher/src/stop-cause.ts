import { type ExitStatus, type LostOutcome, ProcessLost } from '@sandpod/core';

/** The reason why a run ended, if its program did not exit by itself. Only the first cause counts. */
export type StopCause =
  | { readonly kind: 'abort'; readonly error: unknown }
  | { readonly kind: 'kill' }
  | { readonly kind: 'lost'; readonly outcome: LostOutcome; readonly reason: string };

/** The exit code that a shell reports for a program that was ended by KILL. */
const KILLED_EXIT_CODE = 137;

export function outputLimit(maxBytes: number): StopCause {
  return { kind: 'lost', outcome: 'output-limit', reason: `The program wrote more than ${maxBytes} bytes of output (outputBytes).` };
}

export function timeLimit(timeoutMs: number | undefined): StopCause {
  return { kind: 'lost', outcome: 'timeout', reason: `The program did not end within its time limit of ${timeoutMs} ms.` };
}

/**
 * Creates the `StopCause` of a program that ended because the memory limit was reached. @param use One sentence about other uses of the
 * memory.
 */
export function memoryLimit(use?: string): StopCause {
  const reason = ['The kernel ended a process in the sandbox because the memory limit was reached.', use].filter(Boolean).join(' ');
  return { kind: 'lost', outcome: 'memory-limit', reason };
}

/**
 * Settles a promise. `PromiseWithResolvers` is not used, because a package's declarations cannot rely on it: the user's TypeScript version
 * may not contain it.
 */
interface Settler {
  readonly resolve: (status: ExitStatus) => void;
  readonly reject: (reason: unknown) => void;
}

/** Settles the promise that `wait()` returns. */
export function settleWith(result: Settler, cause: StopCause): void {
  if (cause.kind === 'abort') result.reject(cause.error);
  else if (cause.kind === 'kill') result.resolve({ exitCode: KILLED_EXIT_CODE, reason: 'The process was killed.' });
  else result.reject(new ProcessLost({ outcome: cause.outcome, reason: cause.reason }));
}
