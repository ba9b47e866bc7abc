import { SandpodError } from '@sandpod/core';
import { cleanLine } from './clean-text.ts';

/** Why the platform could not run the code, as plain data. */
export interface PlatformFailure {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  readonly isRetryable: boolean;
}

/** A failure of the platform as data. Returns undefined for any other error: it is a bug or an abort, so throw it again. */
export function platformFailure(error: unknown): PlatformFailure | undefined {
  if (!SandpodError.isInstance(error)) return undefined;
  const { code, message, advice, isRetryable } = error;
  return { code, message: cleanLine(message), advice: cleanLine(advice), isRetryable };
}

/** The text that tells a model about a failure of the platform. */
export function failureText({ code, message, advice, isRetryable }: PlatformFailure): string {
  const next = isRetryable ? 'Trying again may help.' : 'Trying again without a change will not help.';
  return `The code was not run (${code}): ${message} ${advice} ${next}`;
}
