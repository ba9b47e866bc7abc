import { describe, expect, it, vi } from 'vitest';
import { CollectingRunner } from './collecting-runner.ts';
import { conformanceTable } from './conformance-table.ts';
import type { ConformanceTest } from './conformance-test.ts';
import { type ExpectedDifference, registerSuite } from './register-suite.ts';
import { ReportRecorder } from './report-recorder.ts';

type Test = ConformanceTest<string[], 'wings'>;

const passes: Test = { name: 'passes', body: async () => {} };
const fails: Test = { name: 'fails', body: async () => Promise.reject(new Error('broken here')) };
const hangs: Test = { name: 'hangs', budgetMs: 20, body: () => new Promise(() => {}) };
const flies: Test = { name: 'flies', needs: ['wings'], body: async () => {} };

function register(tests: readonly Test[], expectedDifferences: readonly ExpectedDifference[] = []) {
  const runner = new CollectingRunner();
  const recorder = new ReportRecorder({ suite: 'CodeExecutor', name: 'sample', capabilities: {} });
  const cleanedUp: string[] = [];
  registerSuite({
    runner,
    recorder,
    themes: [{ name: 'theme', tests }],
    timeScale: 1,
    expectedDifferences,
    reasonNotToRun: (test) => (test.needs === undefined ? undefined : 'it has no wings'),
    openTheme: () => ({
      context: () => ({ context: [], cleanUp: async () => void cleanedUp.push('test') }),
      close: async () => void cleanedUp.push('theme'),
    }),
  });
  return { runner, recorder, cleanedUp };
}

async function runQuietly(registered: ReturnType<typeof register>) {
  using info = vi.spyOn(console, 'info').mockImplementation(() => {});
  const collected = await registered.runner.run();
  return { collected, printed: info.mock.calls.map(([line]) => String(line)), tests: registered.recorder.report.tests };
}

describe('registerSuite', () => {
  it('reports what passed and what failed, and cleans up after each test and each theme', async () => {
    const registered = register([passes, fails]);
    const { collected, tests } = await runQuietly(registered);
    expect(collected).toEqual([{ test: 'theme › passes' }, { test: 'theme › fails', error: new Error('broken here') }]);
    expect(tests.map(({ status, reason }) => [status, reason])).toEqual([
      ['passed', undefined],
      ['failed', 'broken here'],
    ]);
    expect(registered.cleanedUp).toEqual(['test', 'test', 'theme']);
  });

  it('fails a test that does not end in its budget', async () => {
    const { collected } = await runQuietly(register([hangs]));
    expect(String(collected[0]?.error)).toContain('Expected the test to end within 20 ms.');
  });

  it('does not register what does not apply, and prints the reason', async () => {
    const { collected, printed, tests } = await runQuietly(register([passes, flies]));
    expect(collected).toEqual([{ test: 'theme › passes' }]);
    expect(printed).toEqual(['[conformance] sample: not run: theme › flies — it has no wings']);
    expect(tests[1]).toEqual({ theme: 'theme', name: 'flies', status: 'not-run', reason: 'it has no wings' });
  });

  it('takes a declared failure for a difference, and prints the reason', async () => {
    const { collected, printed, tests } = await runQuietly(register([fails], [{ test: 'theme › fails', reason: 'It is old.' }]));
    expect(collected).toEqual([{ test: 'theme › fails' }]);
    expect(printed).toEqual(['[conformance] sample: expected difference: theme › fails — It is old.']);
    expect(tests[0]?.status).toBe('expected-difference');
  });

  it('fails when a declared difference is none any more', async () => {
    const { collected } = await runQuietly(register([passes], [{ test: 'theme › passes', reason: 'It is old.' }]));
    expect(String(collected[0]?.error)).toContain('no longer differs');
  });

  it('refuses differences without a reason or of a test that does not exist', () => {
    expect(() => register([passes], [{ test: 'theme › passes', reason: ' ' }])).toThrow('expected a reason');
    expect(() => register([passes], [{ test: 'theme › gone', reason: 'It is old.' }])).toThrow('theme › gone');
  });
});

describe('conformanceTable', () => {
  it('has a line for each test and a column for each back end', async () => {
    const registered = register([passes, fails, flies]);
    await runQuietly(registered);
    expect(conformanceTable([registered.recorder.report])).toBe(
      ['| behaviour | sample |', '| --- | --- |', '| theme: passes | yes |', '| theme: fails | **no** |', '| theme: flies | - |'].join(
        '\n',
      ),
    );
  });
});
