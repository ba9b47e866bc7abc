import { SandpodError } from '@sandpod/core';
import { cleanLine } from './clean-text.ts';

/** Why code could not be run at all, as plain data. */
export interface PlatformFailure {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  readonly isRetryable: boolean;
}

/** What the platform caused, as data; undefined for any other error, which is a bug or an abort and has to be thrown on. */
export function platformFailure(error: unknown): PlatformFailure | undefined {
  if (!SandpodError.isInstance(error)) return undefined;
  const { code, message, advice, isRetryable } = error;
  return { code, message: cleanLine(message), advice: cleanLine(advice), isRetryable };
}

/** What a model reads of a failure of the platform. */
export function failureText({ code, message, advice, isRetryable }: PlatformFailure): string {
  const next = isRetryable ? 'Trying once more may help.' : 'Trying again without a change will not help.';
  return `The code was not run (${code}): ${message} ${advice} ${next}`;
}
