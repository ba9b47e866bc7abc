/** The command was called wrongly: what was expected and what was given, with what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly advice: string;

  constructor(message: string, advice: string = 'See: sandpod run --help') {
    super(message);
    this.advice = advice;
  }
}
