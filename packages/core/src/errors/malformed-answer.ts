import { SandpodError } from './sandpod-error.ts';

const SHOWN_CHARACTERS = 80;

/** Returns the error for a malformed answer from a sandbox. Either guest code interfered, or the connection is broken. */
export function malformedAnswer(expected: string, given: string): SandpodError {
  const shown = given.slice(0, SHOWN_CHARACTERS).replaceAll(/[^ -~]/g, '?');
  return new SandpodError({
    code: 'transport',
    message: `The sandbox sent a malformed answer: expected ${expected}, given ${JSON.stringify(shown)}.`,
    advice: 'A program in the sandbox may have interfered. Replace the sandbox, or end leftover processes (leftovers: "end").',
    isRetryable: false,
  });
}
