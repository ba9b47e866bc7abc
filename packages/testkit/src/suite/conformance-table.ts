import type { ConformanceReport, TestReport, TestStatus } from './conformance-report.ts';

const SIGNS: Readonly<Record<TestStatus, string>> = {
  pending: '?',
  passed: 'yes',
  failed: '**no**',
  'expected-difference': 'differs',
  'not-run': '-',
};

/** Returns finished reports of a suite as a Markdown table, with a line for each test and a column for each back end. */
export function conformanceTable(reports: readonly ConformanceReport[]): string {
  const names = new Set(reports.flatMap((report) => report.tests.map((test) => titleOf(test))));
  const rows = [...names].map((title) => [title, ...reports.map((report) => cellOf(report, title))]);
  const head = ['behaviour', ...reports.map((report) => report.name)];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function cellOf(report: ConformanceReport, title: string): string {
  const test = report.tests.find((candidate) => titleOf(candidate) === title);
  return test === undefined ? '-' : SIGNS[test.status];
}

function titleOf(test: TestReport): string {
  return `${test.theme}: ${test.name}`.replaceAll('|', '\\|');
}
