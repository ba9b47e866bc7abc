import { SandpodError } from '@sandpod/core';
import { cleanLine } from './clean-text.ts';

/** The reason why the platform could not run the code, as plain data. */
export interface PlatformFailure {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
  readonly isRetryable: boolean;
}

/** Converts a failure of the platform to data. Returns undefined for a bug or an abort; the caller must throw such an error again. */
export function platformFailure(error: unknown): PlatformFailure | undefined {
  if (!SandpodError.isInstance(error)) return undefined;
  const { code, message, advice, isRetryable } = error;
  return { code, message: cleanLine(message), advice: cleanLine(advice), isRetryable };
}

/** Describes a failure of the platform as text for a model. */
export function failureText({ code, message, advice, isRetryable }: PlatformFailure): string {
  const next = isRetryable ? 'Trying again may help.' : 'Trying again without a change will not help.';
  return `The code was not run (${code}): ${message} ${advice} ${next}`;
}
