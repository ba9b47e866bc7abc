import type { Reporter } from 'vitest/node';
import { countTests, type Totals } from './count-tests.ts';

/**
 * At the end of a test run, prints the tests that did not run and why, the failed tests, and the line `N passed, N failed`.
 *
 * A suite without tests counts as failed. If `CI=true`, a test that did not run also counts as failed.
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
    const failed = totals.failed.length + totals.empty.length + (isStrict ? totals.skipped.length : 0);
    if (failed > 0) process.exitCode = 1;
    for (const line of [...this.#untested, ...testsNotPassed(totals, isStrict)]) console.log(line);
    console.log(`${totals.passed} passed, ${failed} failed`);
  };
}

function testsNotPassed(totals: Totals, isStrict: boolean): string[] {
  const verdict = isStrict ? 'not run, counted as failed' : 'not run';
  return [
    ...totals.skipped.map((name) => `${verdict}: ${name}`),
    ...totals.empty.map((name) => `no tests in it, counted as failed: ${name}`),
    ...totals.failed.map((name) => `failed: ${name}`),
  ];
}
