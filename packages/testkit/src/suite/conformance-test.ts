/**
 * A behavior that all back ends must share.
 *
 * `[row 23]` in a name refers to a row of the table in docs/threat-model.md.
 */
export interface ConformanceTest<Context, Requirement extends string> {
  readonly name: string;
  /** Requirements that the back end must meet for the test to apply. */
  readonly needs?: readonly Requirement[];
  /** Milliseconds after which the test fails. The suite multiplies this value by `timeScale`. Default 30 s. */
  readonly budgetMs?: number;
  body(context: Context): Promise<void>;
}

/** Tests about one subject. They share an instance, unless a test creates another instance. */
export interface Theme<Context, Requirement extends string> {
  readonly name: string;
  readonly tests: readonly ConformanceTest<Context, Requirement>[];
}

/** Maps each requirement to a function that returns the reason why a back end does not meet it, or undefined if the back end meets it. */
export type RequirementTable<Requirement extends string, Facts> = Readonly<Record<Requirement, (facts: Facts) => string | undefined>>;

/** Returns the full name of a test, which reports and expected differences use. */
export function fullName(theme: { readonly name: string }, test: { readonly name: string }): string {
  return `${theme.name} › ${test.name}`;
}
