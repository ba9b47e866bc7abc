/** Undoes the steps of a test in reverse order, even if the test failed. */
export class CleanUp {
  readonly #steps: (() => unknown)[] = [];

  defer(step: () => unknown): void {
    this.#steps.push(step);
  }

  /**
   * Runs all steps, even if a step fails.
   *
   * @throws {AggregateError} if at least one step failed.
   */
  async run(): Promise<void> {
    const errors: unknown[] = [];
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw new AggregateError(errors, `${errors.length} clean-up steps failed: ${errors.map(String).join('; ')}`);
  }
}
