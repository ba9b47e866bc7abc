import type { TestCase, TestModule, TestSuite } from 'vitest/node';

/** The result of a test run. */
export interface Totals {
  readonly passed: number;
  /** Number of failed tests, files that could not be loaded, and errors outside tests. */
  readonly failed: number;
  /** Full names of tests that did not run, with the reason, if there is one. */
  readonly skipped: readonly string[];
  /** Files and suites without tests. */
  readonly empty: readonly string[];
}

/** Counts the tests of a finished run. */
export function countTests(modules: readonly TestModule[], unhandledErrors: number): Totals {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const unloaded = modules.filter((module) => module.errors().length > 0).length;
  return {
    passed: tests.filter((test) => test.result().state === 'passed').length,
    failed: tests.filter((test) => test.result().state === 'failed').length + unloaded + unhandledErrors,
    skipped: tests.filter((test) => ['skipped', 'pending'].includes(test.result().state)).map(describeSkipped),
    empty: modules.filter((module) => module.errors().length === 0).flatMap(listEmpty),
  };
}

function describeSkipped(test: TestCase): string {
  const result = test.result();
  const reason = result.state === 'skipped' && result.note !== undefined ? result.note : test.options.mode;
  return `${test.module.relativeModuleId} > ${test.fullName} (${reason})`;
}

function listEmpty(module: TestModule): string[] {
  const suites = [...module.children.allSuites()].filter((suite: TestSuite) => suite.children.size === 0);
  const names = suites.map((suite) => `${module.relativeModuleId} > ${suite.fullName}`);
  return module.children.size === 0 ? [module.relativeModuleId, ...names] : names;
}
