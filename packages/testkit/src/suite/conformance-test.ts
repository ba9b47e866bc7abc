/**
 * A behavior that all back ends must share.
 *
 * `[row 23]` in a name is a row of the table in docs/threat-model.md.
 */
export interface ConformanceTest<Context, Requirement extends string> {
  readonly name: string;
  /** Requirements that the back end must meet for the test to apply. */
  readonly needs?: readonly Requirement[];
  /** Milliseconds after which the test fails, before `timeScale`. Default 30 s. */
  readonly budgetMs?: number;
  body(context: Context): Promise<void>;
}

/** Tests about one subject. They share an instance, unless they create their own. */
export interface Theme<Context, Requirement extends string> {
  readonly name: string;
  readonly tests: readonly ConformanceTest<Context, Requirement>[];
}

/** The reason why a back end does not meet a requirement. Undefined if it meets the requirement. */
export type RequirementTable<Requirement extends string, Facts> = Readonly<Record<Requirement, (facts: Facts) => string | undefined>>;

/** The full name of a test, as in reports and expected differences. */
export function fullName(theme: { readonly name: string }, test: { readonly name: string }): string {
  return `${theme.name} › ${test.name}`;
}
