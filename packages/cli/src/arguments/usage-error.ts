/** The command line is wrong. The message says what was expected and given; the advice says what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** If absent, the user is referred to the help of the command. */
  readonly advice: string | undefined;

  constructor(message: string, advice?: string) {
    super(message);
    this.advice = advice;
  }
}
