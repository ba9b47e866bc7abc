/** The demo was started wrongly: what was expected and what was given, with what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly advice: string;

  constructor(message: string, advice = 'See: npx pnpm@12 demo --help') {
    super(message);
    this.advice = advice;
  }
}
