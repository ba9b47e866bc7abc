import { DEFAULT_FILE_TIMEOUT_MS } from '../contract/defaults.ts';
import { abortable } from '../control/abortable.ts';
import { SandpodError } from '../errors/sandpod-error.ts';

export interface StartStep {
  /** Completes the message "The sandbox did not …", for example `report its interpreters`. */
  readonly what: string;
  /** The time limit in milliseconds. Default 60 s. */
  readonly timeoutMs: number | undefined;
  readonly abortSignal: AbortSignal;
}

/**
 * Runs a step of the start with a time limit. After an abort by the caller, the step may still clean up.
 *
 * @throws {SandpodError} `start-timeout`.
 */
export async function withinStart<Result>(
  step: (abortSignal: AbortSignal) => Promise<Result>,
  { what, timeoutMs = DEFAULT_FILE_TIMEOUT_MS, abortSignal }: StartStep,
): Promise<Result> {
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(tooSlow(what, timeoutMs)), timeoutMs);
  try {
    return await abortable(step(AbortSignal.any([abortSignal, time.signal])), time.signal);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow(what: string, timeoutMs: number): SandpodError {
  const message = `The sandbox did not ${what} within ${timeoutMs} ms (startTimeoutMs).`;
  return new SandpodError({ code: 'start-timeout', message, details: { timeoutMs } });
}
