/** An error in the command line. The message contains the expected value and the given value. The advice describes how to fix the error. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** If absent, the output refers to the command's help. */
  readonly advice: string | undefined;

  constructor(message: string, advice?: string) {
    super(message);
    this.advice = advice;
  }
}
