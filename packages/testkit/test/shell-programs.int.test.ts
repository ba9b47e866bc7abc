import { expect, it, vi } from 'vitest';
import { shellPrograms } from '../src/guest/shell-programs.ts';
import { defineSandboxSuite } from '../src/sandbox/sandbox-suite.ts';
import { CollectingRunner } from '../src/suite/collecting-runner.ts';
import { HostSandboxProvider } from './host/host-sandbox-provider.ts';

it.each(['run', 'output', 'stdin', 'environment', 'timeout'])('the sample programs in shell serve the theme %s', async (theme) => {
  using _ = vi.spyOn(console, 'info').mockImplementation(() => {});
  const runner = new CollectingRunner();
  await defineSandboxSuite({
    runner,
    name: 'host',
    guest: shellPrograms,
    factory: (options) => new HostSandboxProvider(options),
    sharesMachine: true,
  });
  const collected = await runner.run((test) => test.startsWith(`${theme} ›`));
  expect(collected.length).toBeGreaterThan(5);
  expect(collected.filter(({ error }) => error !== undefined)).toEqual([]);
});
