/** The command was called wrongly: what was expected and what was given, with what to do instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** Absent: the help of the command tells. */
  readonly advice: string | undefined;

  constructor(message: string, advice?: string) {
    super(message);
    this.advice = advice;
  }
}
