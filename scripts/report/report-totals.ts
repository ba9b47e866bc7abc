import type { Reporter } from 'vitest/node';
import { countTests, type Totals } from './count-tests.ts';

/** A machine may disturb a few of several thousand tests. More than these are a fault of the code or of the tests. */
const MAX_FLAKY = 3;

/**
 * At the end of a test run, prints the tests that did not run and why, the failed tests, and the line `N passed, N failed`.
 *
 * A suite without tests counts as failed. If `CI=true`, a test that did not run also counts as failed. Tests that passed only at a second
 * attempt are named. They count as failed if there are more than {@link MAX_FLAKY}.
 */
export default class TotalsReporter implements Reporter {
  readonly #untested: readonly string[];

  /** `untested`: lines to print about tests that this machine cannot run. */
  constructor(options: { readonly untested?: readonly string[] } = {}) {
    this.#untested = options.untested ?? [];
  }

  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (modules, unhandledErrors) => {
    const totals = countTests(modules, unhandledErrors);
    const isStrict = process.env['CI'] === 'true';
    const flaky = hasTooManyFlaky(totals) ? totals.flaky.length : 0;
    const failed = totals.failed.length + totals.empty.length + flaky + (isStrict ? totals.skipped.length : 0);
    if (failed > 0) process.exitCode = 1;
    for (const line of [...this.#untested, ...testsNotPassed(totals, isStrict)]) console.log(line);
    console.log(`${totals.passed - flaky} passed, ${failed} failed`);
  };
}

function hasTooManyFlaky({ flaky }: Totals): boolean {
  return flaky.length > MAX_FLAKY;
}

function testsNotPassed(totals: Totals, isStrict: boolean): string[] {
  const second = `passed at the second attempt${hasTooManyFlaky(totals) ? ', counted as failed' : ''}`;
  const verdict = isStrict ? 'not run, counted as failed' : 'not run';
  return [
    ...totals.skipped.map((name) => `${verdict}: ${name}`),
    ...totals.flaky.map((name) => `${second}: ${name}`),
    ...totals.empty.map((name) => `no tests in it, counted as failed: ${name}`),
    ...totals.failed.map((name) => `failed: ${name}`),
  ];
}
