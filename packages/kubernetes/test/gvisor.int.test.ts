import { CommandLineCodeExecutor } from '@sandpod/core/backend';
import { defineExecutorSuite, type TestRunner } from '@sandpod/testkit';
import { vitestRunner } from '@sandpod/testkit/vitest';
import { afterAll } from 'vitest';
import { PodSandboxProvider } from '../src/index.ts';
import { TestNamespace } from './fixtures/test-namespace.ts';

const namespace = await TestNamespace.create('gvisor');
afterAll(() => namespace[Symbol.asyncDispose]());

/** The themes in which the kernel matters; names, options and languages are the same on any. */
const KERNEL_THEMES = new Set(['blocks', 'output', 'timeout', 'cancel', 'limits', 'concurrency', 'isolation', 'faults']);

const runner: TestRunner = {
  ...vitestRunner,
  describe: (name, body) => {
    if (KERNEL_THEMES.has(name) || name.endsWith('conformance')) vitestRunner.describe(name, body);
  },
};

// The kernel is gVisor's own: processes, signals, pipes and limits are not Linux's. [row 12]
await defineExecutorSuite({
  runner,
  name: 'pod on gVisor',
  factory: ({ limits, ...options }) =>
    new CommandLineCodeExecutor({
      provider: new PodSandboxProvider({ ...namespace.options({ runtimeClassName: 'gvisor' }), limits }),
      // Pipes of gVisor are slow; so is a machine that does something else.
      timeoutMs: 180_000,
      ...options,
    }),
});
