import type { CodeExecutor } from '@sandpod/core';
import type { GuestPrograms } from '../guest/guest-programs.ts';
import { pythonPrograms } from '../guest/python-programs.ts';
import { shellPrograms } from '../guest/shell-programs.ts';
import type { ConformanceReport } from '../suite/conformance-report.ts';
import { registerSuite } from '../suite/register-suite.ts';
import { ReportRecorder } from '../suite/report-recorder.ts';
import { ExecutorFixture } from './executor-fixture.ts';
import { EXECUTOR_REQUIREMENTS, type ExecutorFacts } from './executor-requirements.ts';
import type { ExecutorSuiteConfig } from './executor-suite-config.ts';
import { EXECUTOR_THEMES } from './executor-themes.ts';

/**
 * Registers the conformance tests of a `CodeExecutor`.
 *
 * Starts an executor first to detect its languages and features. You must await this function while the runner collects tests.
 */
export async function defineExecutorSuite(config: ExecutorSuiteConfig): Promise<ConformanceReport> {
  const executor = await config.factory({});
  const { facts, guest } = await probe(executor, config).finally(() => executor.stop());
  const recorder = new ReportRecorder({ suite: 'CodeExecutor', name: config.name, capabilities: facts.capabilities });
  registerSuite({
    runner: config.runner,
    recorder,
    themes: EXECUTOR_THEMES,
    timeScale: config.timeScale ?? 1,
    expectedDifferences: config.expectedDifferences ?? [],
    reasonNotToRun: (test) => test.needs?.map((need) => EXECUTOR_REQUIREMENTS[need](facts)).find((reason) => reason !== undefined),
    openTheme: () => new ExecutorFixture({ ...config, guest, hasExitCodes: facts.capabilities.exitCodes }),
  });
  return recorder.report;
}

async function probe(
  executor: CodeExecutor,
  config: ExecutorSuiteConfig,
): Promise<{ readonly facts: ExecutorFacts; readonly guest: GuestPrograms }> {
  await executor.start();
  const { capabilities } = executor;
  const canRun = (language: string): boolean => capabilities.languages.some(({ id, policy }) => id === language && policy === 'run');
  const guest = config.guest ?? (canRun(pythonPrograms.language) ? pythonPrograms : shellPrograms);
  const facts = {
    capabilities,
    hasPip: canRun('python') && (await executor.runCode('import pip')).outcome === 'ok',
    guestLanguage: guest.language,
    hasLinks: capabilities.files && (await canLink(executor, guest)),
    ignoredOptions: config.ignoredOptions ?? [],
    hasDestroy: config.destroy !== undefined,
    hasBackground: capabilities.files && (await runsOn(executor, guest)),
    sandbox: config.provider?.().capabilities,
  };
  return { facts, guest };
}

async function canLink(executor: CodeExecutor, guest: GuestPrograms): Promise<boolean> {
  const { language } = guest;
  await executor.runCode(guest.makeLink({ path: 'link', target: 'target' }), { language, files: [{ path: 'target', content: 'inside' }] });
  const { stdout } = await executor.runCode(guest.showFile({ path: 'link' }), { language });
  return stdout === 'present\ninside';
}

async function runsOn(executor: CodeExecutor, guest: GuestPrograms): Promise<boolean> {
  const { outcome } = await executor.runCode(guest.leftover({ kind: 'own-session', path: 'runs-on' }), { language: guest.language });
  return outcome === 'ok';
}
