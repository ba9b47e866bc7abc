import type { Sandbox, SandboxProvider } from '@sandpod/core';
import type { GuestPrograms } from '../guest/guest-programs.ts';
import { pythonPrograms } from '../guest/python-programs.ts';
import { shellPrograms } from '../guest/shell-programs.ts';
import type { ConformanceReport } from '../suite/conformance-report.ts';
import { registerSuite } from '../suite/register-suite.ts';
import { ReportRecorder } from '../suite/report-recorder.ts';
import { SandboxFixture } from './sandbox-fixture.ts';
import { SANDBOX_REQUIREMENTS, type SandboxFacts } from './sandbox-requirements.ts';
import type { SandboxSuiteConfig } from './sandbox-suite-config.ts';
import { SANDBOX_THEMES } from './sandbox-themes.ts';

/**
 * Registers the conformance tests of a `SandboxProvider` and its sandboxes.
 *
 * Creates a sandbox first to detect its programs and features. You must await this function while the runner collects tests.
 */
export async function defineSandboxSuite(config: SandboxSuiteConfig): Promise<ConformanceReport> {
  const provider = await config.factory({});
  const { hasLinks, hasPython, canExtend, guest } = await probe(provider, config.guest);
  const facts: SandboxFacts = {
    capabilities: provider.capabilities,
    hasLinks,
    hasPython,
    isLarge: config.large === true,
    hasDestroy: config.destroy !== undefined,
    hasCrash: config.crash !== undefined,
    canExtend,
    sharesMachine: config.sharesMachine === true,
  };
  const recorder = new ReportRecorder({ suite: 'SandboxProvider', name: config.name, capabilities: provider.capabilities });
  registerSuite({
    runner: config.runner,
    recorder,
    themes: SANDBOX_THEMES,
    timeScale: config.timeScale ?? 1,
    expectedDifferences: config.expectedDifferences ?? [],
    reasonNotToRun: (test) => test.needs?.map((need) => SANDBOX_REQUIREMENTS[need](facts)).find((reason) => reason !== undefined),
    openTheme: () => new SandboxFixture({ ...config, guest }),
  });
  return recorder.report;
}

async function probe(
  provider: SandboxProvider,
  given: GuestPrograms | undefined,
): Promise<{ readonly hasLinks: boolean; readonly hasPython: boolean; readonly canExtend: boolean; readonly guest: GuestPrograms }> {
  await using sandbox = await provider.create();
  const programs = await sandbox.findPrograms({ names: [pythonPrograms.program] });
  const hasPython = programs.has(pythonPrograms.program);
  const guest = given ?? (hasPython ? pythonPrograms : shellPrograms);
  const files = [{ path: 'target', content: 'inside' }];
  await sandbox.run({ argv: guest.argv(guest.makeLink({ path: 'link', target: 'target' })), files });
  const { stdout } = await sandbox.run({ argv: guest.argv(guest.showFile({ path: 'link' })) });
  return { hasLinks: stdout === 'present\ninside', hasPython, canExtend: await canExtend(sandbox), guest };
}

async function canExtend(sandbox: Sandbox): Promise<boolean> {
  return sandbox.extend({ expiresInMs: 3_600_000 }).then(
    () => true,
    () => false,
  );
}
