/** The command line or the environment is wrong. The message says what was expected and given, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly advice: string;

  constructor(message: string, advice = 'See: npx pnpm@12 demo --help') {
    super(message);
    this.advice = advice;
  }
}
