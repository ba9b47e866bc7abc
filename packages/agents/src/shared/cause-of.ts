/** Returns the error that `wait` rejects with, if any: a broken output stream is only a symptom of it. */
export function causeOf(process: { wait(): Promise<unknown> }, error: unknown): Promise<unknown> {
  return process.wait().then(
    () => error,
    (cause: unknown) => cause,
  );
}
