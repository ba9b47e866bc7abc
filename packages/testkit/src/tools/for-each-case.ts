/** Runs a check for every case of a table. The message of a failure contains the case. */
export async function forEachCase<Case>(cases: Iterable<Case>, body: (one: Case) => Promise<unknown>): Promise<void> {
  for (const one of cases) {
    try {
      await body(one);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`With ${JSON.stringify(one)?.slice(0, 200)}: ${message}`, { cause: error });
    }
  }
}
