import type { ExpectedDifference } from '../../src/suite/register-suite.ts';
import { defineSandboxSuite } from '../../src/vitest.ts';
import { HostRegistry } from './host-registry.ts';
import { HostSandboxProvider } from './host-sandbox-provider.ts';

const notIsolated = 'host sandboxes are directories of this machine';

const EXPECTED_DIFFERENCES: readonly ExpectedDifference[] = [
  { test: 'isolation › two sandboxes do not see files of each other', reason: notIsolated },
  { test: 'isolation › what one sandbox left behind the next one does not find [row 33]', reason: notIsolated },
  { test: 'isolation › files of this machine cannot be read', reason: notIsolated },
  { test: 'isolation › the file API of the sandbox does not reach files of this machine either', reason: notIsolated },
  { test: 'isolation › no connection leaves the sandbox, not even to this machine [row 8]', reason: notIsolated },
  { test: 'isolation › no connection leaves by way of shell tools [row 8]', reason: notIsolated },
  { test: 'isolation › the guest has no capabilities, no new privileges, a seccomp filter and no root [row 1]', reason: notIsolated },
  { test: 'isolation › the root file system is read-only [row 2]', reason: notIsolated },
  {
    test: 'kernel surface › mounts, new namespaces and writes to the kernel are refused, and the run goes on [row 3]',
    reason: notIsolated,
  },
  { test: 'kernel surface › bpf and keyctl are refused [row 3]', reason: notIsolated },
  {
    test: 'kernel surface › no socket of an engine, no device of the host and no memory of the kernel is there [row 4]',
    reason: notIsolated,
  },
  { test: 'connect › a connection works while the network is closed', reason: notIsolated },
];

for (const shell of process.env['SANDPOD_TEST_SHELLS']?.split(',') ?? ['dash', 'bash', 'busybox sh']) {
  const registry = new HostRegistry();
  await defineSandboxSuite({
    name: `host, ${shell}`,
    factory: ({ limits }) => new HostSandboxProvider({ shell: shell.split(' '), limits, hasOwnProcesses: true, registry }),
    destroy: async ({ id }) => registry.machines.get(id)?.destroy(),
    sharesMachine: true,
    // Moving much data once is enough: it is the same program in each shell.
    large: shell === 'dash',
    expectedDifferences: EXPECTED_DIFFERENCES,
  });
}
