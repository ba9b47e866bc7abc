import type { ConformanceReport } from '@sandpod/testkit';
import { expect, test } from 'vitest';
import { renderConformance } from './render-conformance.ts';

const report = (name: string, tests: ConformanceReport['tests']): ConformanceReport => ({
  suite: 'CodeExecutor',
  name,
  capabilities: {},
  tests,
});

test('totals count what applies, and reasons are given once with the number of tests that they concern', () => {
  const page = renderConformance(
    [
      report('one', [
        { theme: 'run', name: 'a', status: 'passed' },
        { theme: 'run', name: 'b', status: 'failed', reason: 'broken' },
      ]),
      report('two', [
        { theme: 'run', name: 'a', status: 'not-run', reason: 'no shell' },
        { theme: 'run', name: 'b', status: 'not-run', reason: 'no shell' },
      ]),
    ],
    'Today.',
  );
  expect(page).toContain('| run | 1 of 2 | 0 of 0 |');
  expect(page).toContain('- one, 1: failed: broken\n- two, 2: do not apply: no shell\n');
  expect(page).toContain('| run: b | **no** | - |');
  expect(page).not.toContain('## SandboxProvider');
});
