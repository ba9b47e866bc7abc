/**
 * One behaviour that every back end shows in the same way.
 *
 * `[row 23]` in a name is a row of the table in docs/threat-model.md.
 */
export interface ConformanceTest<Context, Requirement extends string> {
  readonly name: string;
  /** What the back end must have for the test to apply. */
  readonly needs?: readonly Requirement[];
  /** Milliseconds after which the test has failed, before `timeScale`. Default 30 s. */
  readonly budgetMs?: number;
  body(context: Context): Promise<void>;
}

/** Tests about one subject. Those that make nothing of their own share one instance. */
export interface Theme<Context, Requirement extends string> {
  readonly name: string;
  readonly tests: readonly ConformanceTest<Context, Requirement>[];
}

/** Says why a back end does not meet a requirement; undefined when it does. */
export type RequirementTable<Requirement extends string, Facts> = Readonly<Record<Requirement, (facts: Facts) => string | undefined>>;

/** The full name of a test: how reports and expected differences call it. */
export function fullName(theme: { readonly name: string }, test: { readonly name: string }): string {
  return `${theme.name} › ${test.name}`;
}
