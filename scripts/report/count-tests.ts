import type { TestCase, TestModule, TestSuite } from 'vitest/node';

/** What a test run came to. */
export interface Totals {
  readonly passed: number;
  /** Tests that failed, files that could not be loaded, and errors that belong to no test. */
  readonly failed: number;
  /** Full names of tests that did not run, with the reason where they gave one. */
  readonly skipped: readonly string[];
  /** Files and suites in which there is no test. */
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
