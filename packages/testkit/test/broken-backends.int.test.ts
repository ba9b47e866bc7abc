import { CommandLineCodeExecutor } from '@sandpod/core/backend';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defineExecutorSuite } from '../src/executor/executor-suite.ts';
import type { ExecutorFactoryOptions } from '../src/executor/executor-suite-config.ts';
import { defineSandboxSuite } from '../src/sandbox/sandbox-suite.ts';
import { CollectingRunner } from '../src/suite/collecting-runner.ts';
import { BROKEN_EXECUTORS } from './broken/broken-executors.ts';
import { BROKEN_LIFECYCLES } from './broken/broken-lifecycles.ts';
import { BROKEN_SANDBOXES } from './broken/broken-sandboxes.ts';
import { wrapProvider } from './broken/wrap-provider.ts';
import { HostRegistry } from './host/host-registry.ts';
import { type HostSandboxOptions, HostSandboxProvider } from './host/host-sandbox-provider.ts';

// Each test runs a part of a suite, whose own tests have budgets.
vi.setConfig({ testTimeout: 240_000 });

beforeEach(() => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  return () => vi.restoreAllMocks();
});

describe('the sandbox suite', () => {
  it.each(BROKEN_SANDBOXES)('notices that $defect', async ({ breakage, caughtBy }) => {
    const runner = new CollectingRunner();
    await defineSandboxSuite({ runner, name: 'broken', factory: () => wrapProvider(new HostSandboxProvider(), breakage) });
    const [collected, ...others] = await runner.run((test) => test === caughtBy);
    expect(others).toEqual([]);
    expect(collected).toMatchObject({ test: caughtBy, error: expect.any(Error) });
  });

  it('finds no such defect in the wrapped back end', async () => {
    const runner = new CollectingRunner();
    await defineSandboxSuite({ runner, name: 'whole', factory: () => new HostSandboxProvider() });
    const tests = new Set(BROKEN_SANDBOXES.map(({ caughtBy }) => caughtBy));
    const collected = await runner.run((test) => tests.has(test));
    expect(collected).toHaveLength(tests.size);
    expect(collected.filter(({ error }) => error !== undefined)).toEqual([]);
  });
});

describe('the themes of the lifecycle', () => {
  it.each(BROKEN_LIFECYCLES)('notices that $defect', async ({ breakage = () => ({}), provider = () => ({}), caughtBy }) => {
    const runner = new CollectingRunner();
    const make = sharedMachines();
    const factory = () => {
      const whole = make();
      return wrapProvider(whole, breakage, provider(whole));
    };
    await defineSandboxSuite({ runner, name: 'broken', factory, sharesMachine: true });
    const [collected, ...others] = await runner.run((test) => test === caughtBy);
    expect(others).toEqual([]);
    expect(collected).toMatchObject({ test: caughtBy, error: expect.any(Error) });
  });

  it('finds no such defect in the wrapped provider', async () => {
    const runner = new CollectingRunner();
    await defineSandboxSuite({ runner, name: 'whole', factory: sharedMachines(), sharesMachine: true });
    const tests = new Set(BROKEN_LIFECYCLES.map(({ caughtBy }) => caughtBy));
    const collected = await runner.run((test) => tests.has(test));
    expect(collected).toHaveLength(tests.size);
    expect(collected.filter(({ error }) => error !== undefined)).toEqual([]);
  }, 240_000);
});

describe('the executor suite', () => {
  it.each(BROKEN_EXECUTORS)(
    'notices that $defect',
    async ({ breakage = (executor) => executor, options: change = (options) => options, caughtBy }) => {
      const runner = new CollectingRunner();
      const provider = sharedMachines();
      const factory = (options: ExecutorFactoryOptions) => breakage(hostExecutor(provider, change(options)));
      await defineExecutorSuite({ runner, name: 'broken', factory, provider });
      const [collected, ...others] = await runner.run((test) => test === caughtBy);
      expect(others).toEqual([]);
      expect(collected).toMatchObject({ test: caughtBy, error: expect.any(Error) });
    },
  );

  it('finds no such defect in the wrapped executor', async () => {
    const runner = new CollectingRunner();
    const provider = sharedMachines();
    await defineExecutorSuite({ runner, name: 'whole', factory: (options) => hostExecutor(provider, options), provider });
    const tests = new Set(BROKEN_EXECUTORS.map(({ caughtBy }) => caughtBy));
    const collected = await runner.run((test) => tests.has(test));
    expect(collected).toHaveLength(tests.size);
    expect(collected.filter(({ error }) => error !== undefined)).toEqual([]);
  }, 240_000);
});

function hostExecutor(
  make: (options: HostSandboxOptions) => HostSandboxProvider,
  { limits, ...options }: ExecutorFactoryOptions,
): CommandLineCodeExecutor {
  return new CommandLineCodeExecutor({ provider: make({ limits }), ...options });
}

/** Creates providers that see each other's sandboxes, as clients of a platform do. */
function sharedMachines(): (options?: HostSandboxOptions) => HostSandboxProvider {
  const registry = new HostRegistry();
  return (options) => new HostSandboxProvider({ ...options, hasOwnProcesses: true, registry });
}
