/** Returns the error that `wait` rejects with, because a broken output stream is only a symptom. If `wait` resolves, returns `error`. */
export function causeOf(process: { wait(): Promise<unknown> }, error: unknown): Promise<unknown> {
  return process.wait().then(
    () => error,
    (cause: unknown) => cause,
  );
}
