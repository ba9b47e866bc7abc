import { SandpodError } from './sandpod-error.ts';

const SHOWN_CHARACTERS = 80;

/** The error for bytes that a sandbox's own machinery never sends: guest code has interfered with it, or the connection is broken. */
export function malformedAnswer(expected: string, given: string): SandpodError {
  const shown = given.slice(0, SHOWN_CHARACTERS).replaceAll(/[^ -~]/g, '?');
  return new SandpodError({
    code: 'transport',
    message: `The sandbox gave a malformed answer: expected ${expected}, given ${JSON.stringify(shown)}.`,
    advice: 'A program in the sandbox may have interfered. Replace the sandbox, or end leftover processes (leftovers: "end").',
    isRetryable: false,
  });
}
