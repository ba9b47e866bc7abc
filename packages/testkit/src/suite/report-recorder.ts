import type { ConformanceReport, TestReport } from './conformance-report.ts';

/** Collects the test results of a suite. */
export class ReportRecorder {
  readonly report: ConformanceReport;
  readonly #tests: TestReport[] = [];

  constructor(head: Omit<ConformanceReport, 'tests'>) {
    this.report = { ...head, tests: this.#tests };
  }

  /** Records the result of a test. A later result replaces it. */
  note(test: TestReport): void {
    const index = this.#tests.findIndex(({ theme, name }) => theme === test.theme && name === test.name);
    if (index === -1) this.#tests.push(test);
    else this.#tests[index] = test;
  }

  /** Returns a line for each test that did not run or that failed as declared. */
  remarks(): string[] {
    const { name } = this.report;
    return this.#tests.flatMap((test) => {
      const subject = `${test.theme} › ${test.name} — ${test.reason}`;
      if (test.status === 'not-run') return [`[conformance] ${name}: not run: ${subject}`];
      if (test.status === 'expected-difference') return [`[conformance] ${name}: expected difference: ${subject}`];
      return [];
    });
  }
}
