import { type ConformanceReport, conformanceTable, type TestReport } from '@sandpod/testkit';

const SUITES = ['SandboxProvider', 'CodeExecutor'] as const;

/** The page that shows the reports of all back ends side by side. */
export function renderConformance(reports: readonly ConformanceReport[], circumstances: string): string {
  return `# Conformance of the back ends

${circumstances} Made by \`npx pnpm@12 conformance --write\`; the same suites run in \`npx pnpm@12 test\`.

\`yes\`: passed. \`differs\`: fails as the back end's author declared, for a reason that is given below. \`-\`: does not apply.

${SUITES.map((suite) => renderSuite(reports.filter((report) => report.suite === suite))).join('\n')}`;
}

function renderSuite(reports: readonly ConformanceReport[]): string {
  const [first] = reports;
  if (first === undefined) return '';
  return `## ${first.suite}

${renderTotals(reports)}

${reports.map(renderRemarks).join('')}
<details><summary>Every test</summary>

${conformanceTable(reports)}

</details>
`;
}

function renderTotals(reports: readonly ConformanceReport[]): string {
  const themes = [...new Set(reports.flatMap(({ tests }) => tests.map(({ theme }) => theme)))];
  const rows = [...themes, undefined].map((theme) => [theme ?? '**all**', ...reports.map(({ tests }) => countOf(tests, theme))]);
  const head = ['theme: passed of those that apply', ...reports.map(({ name }) => name)];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function countOf(tests: readonly TestReport[], theme: string | undefined): string {
  const applicable = tests.filter((test) => (theme === undefined || test.theme === theme) && test.status !== 'not-run');
  return `${applicable.filter(({ status }) => status === 'passed').length} of ${applicable.length}`;
}

/** Why tests differ or do not apply, one line for each reason. */
function renderRemarks({ name, tests }: ConformanceReport): string {
  const reasons = Map.groupBy(
    tests.filter(({ status, reason }) => status !== 'passed' && reason !== undefined),
    ({ status, reason }) => `${status === 'not-run' ? 'do not apply' : status}: ${reason}`,
  );
  return [...reasons].map(([reason, concerned]) => `- ${name}, ${concerned.length}: ${reason}\n`).join('');
}
