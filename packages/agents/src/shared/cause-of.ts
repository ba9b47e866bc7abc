/**
 * Returns the error with which `wait` rejects, because a broken output stream is only a symptom of it. If `wait` resolves, returns `error`.
 */
export function causeOf(process: { wait(): Promise<unknown> }, error: unknown): Promise<unknown> {
  return process.wait().then(
    () => error,
    (cause: unknown) => cause,
  );
}
