import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { PACKAGE_RULES } from '../structure/floors.ts';
import { countTests, type Totals } from './count-tests.ts';

const packages = join(import.meta.dirname, '../../packages');

/**
 * Ends a test run with what was not tested and why, and with the line `N passed, N failed`.
 *
 * A suite without tests counts as failed, and with `CI=true` a test that did not run too.
 */
export default class TotalsReporter implements Reporter {
  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (modules, unhandledErrors) => {
    const totals = countTests(modules, unhandledErrors.length);
    const isStrict = process.env['CI'] === 'true';
    const failed = totals.failed + totals.empty.length + (isStrict ? totals.skipped.length : 0);
    if (failed > 0) process.exitCode = 1;
    for (const line of [...untestedPackages(modules), ...testsNotRun(totals, isStrict)]) console.log(line);
    console.log(`${totals.passed} passed, ${failed} failed`);
  };
}

function untestedPackages(modules: readonly TestModule[]): string[] {
  const names = Object.keys(PACKAGE_RULES).filter(
    (name) => !modules.some(({ moduleId }) => moduleId.startsWith(join(packages, name, '/'))),
  );
  return names.map((name) => {
    const reason = existsSync(join(packages, name)) ? 'no test of it ran' : 'planned, there is no code yet';
    return `not tested: ${name} (${PACKAGE_RULES[name]?.summary}): ${reason}`;
  });
}

function testsNotRun(totals: Totals, isStrict: boolean): string[] {
  const verdict = isStrict ? 'not run, counted as failed' : 'not run';
  return [
    ...totals.skipped.map((name) => `${verdict}: ${name}`),
    ...totals.empty.map((name) => `no tests in it, counted as failed: ${name}`),
  ];
}
