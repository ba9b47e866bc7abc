import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { defineExecutorSuite as defineWith } from './executor/executor-suite.ts';
import type { ExecutorSuiteConfig } from './executor/executor-suite-config.ts';
import { defineSandboxSuite as defineSandboxWith } from './sandbox/sandbox-suite.ts';
import type { SandboxSuiteConfig } from './sandbox/sandbox-suite-config.ts';
import type { ConformanceReport } from './suite/conformance-report.ts';
import type { TestRunner } from './suite/test-runner.ts';

/** The runner that registers tests with vitest. */
export const vitestRunner: TestRunner = {
  describe: (name, body) => {
    describe(name, body);
  },
  it: (name, body, timeoutMs) => {
    it(name, body, timeoutMs);
  },
  afterAll: (body, timeoutMs) => {
    afterAll(body, timeoutMs);
  },
};

/** Returns a vitest runner that registers only the tests of these themes. */
export function onlyThemes(...themes: readonly string[]): TestRunner {
  const isWanted = (name: string): boolean => themes.includes(name) || name.endsWith(' conformance');
  return { ...vitestRunner, describe: (name, body) => (isWanted(name) ? vitestRunner.describe(name, body) : undefined) };
}

/** Returns a vitest runner that leaves out the tests of these themes. */
export function exceptThemes(...themes: readonly string[]): TestRunner {
  return { ...vitestRunner, describe: (name, body) => (themes.includes(name) ? undefined : vitestRunner.describe(name, body)) };
}

/**
 * Calls {@link defineSandboxWith} with a vitest runner. You must await this function at the top level of a test file.
 *
 * @param config Default of `runner`: {@link vitestRunner}.
 */
export function defineSandboxSuite(
  config: Omit<SandboxSuiteConfig, 'runner'> & Partial<Pick<SandboxSuiteConfig, 'runner'>>,
): Promise<ConformanceReport> {
  return keep(defineSandboxWith({ runner: vitestRunner, ...config }));
}

/** Calls {@link defineWith} with the vitest runner. You must await this function at the top level of a test file. */
export function defineExecutorSuite(config: Omit<ExecutorSuiteConfig, 'runner'>): Promise<ConformanceReport> {
  return keep(defineWith({ ...config, runner: vitestRunner }));
}

/** If the environment variable `SANDPOD_CONFORMANCE_DIR` is set, writes the finished report to that directory as JSON. */
async function keep(registration: Promise<ConformanceReport>): Promise<ConformanceReport> {
  const report = await registration;
  const directory = process.env['SANDPOD_CONFORMANCE_DIR'];
  if (directory !== undefined) afterAll(() => writeFile(join(directory, `${report.suite}-${report.name}.json`), JSON.stringify(report)));
  return report;
}
