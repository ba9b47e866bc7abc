import type { TestCase, TestModule, TestSuite } from 'vitest/node';

/** The result of a test run. */
export interface Totals {
  readonly passed: number;
  /** The tests among the passed ones whose first attempt failed, each with the beginning of that attempt's message. */
  readonly flaky: readonly string[];
  /** Failed tests, files that could not be loaded, and errors outside tests, each with the beginning of its message. */
  readonly failed: readonly string[];
  /** Full names of the tests that did not run, each with the reason if there is one. */
  readonly skipped: readonly string[];
  /** Files and suites without tests. */
  readonly empty: readonly string[];
}

interface Failure {
  readonly message: string;
}

/** Maximum number of characters of a message that are shown. */
const SHOWN = 300;

/** Counts the tests in a finished run. */
export function countTests(modules: readonly TestModule[], unhandledErrors: readonly Failure[]): Totals {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const failed = tests.filter((test) => test.result().state === 'failed');
  const unloaded = modules.filter((module) => module.errors().length > 0);
  return {
    passed: tests.filter((test) => test.result().state === 'passed').length,
    flaky: tests.filter((test) => test.diagnostic()?.flaky === true).map(describeTest),
    failed: [
      ...failed.map(describeTest),
      ...unloaded.map((module) => describeFailure(module.relativeModuleId, module.errors())),
      ...unhandledErrors.map((error) => describeFailure('outside tests', [error])),
    ],
    skipped: tests.filter((test) => ['skipped', 'pending'].includes(test.result().state)).map(describeSkipped),
    empty: modules.filter((module) => module.errors().length === 0).flatMap(listEmpty),
  };
}

function describeTest(test: TestCase): string {
  return describeFailure(`${test.module.relativeModuleId} > ${test.fullName}`, test.result().errors);
}

function describeFailure(name: string, errors: readonly Failure[] = []): string {
  return `${name}: ${errors.map(({ message }) => message.replaceAll(/\s+/g, ' ').slice(0, SHOWN)).join(' | ')}`;
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
