/** Undoes what a test made, last first, whatever happened. */
export class CleanUp {
  readonly #steps: (() => unknown)[] = [];

  defer(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** @throws {AggregateError} when steps failed; all are tried. */
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
