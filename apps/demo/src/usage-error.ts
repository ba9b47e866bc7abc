/**
 * An error in the command line or the environment. The message contains the expected and the given value, and explains how to fix the
 * error.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly advice: string;

  constructor(message: string, advice = 'See: npx pnpm@12 demo --help') {
    super(message);
    this.advice = advice;
  }
}
