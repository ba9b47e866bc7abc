import { defineSandboxSuite } from '../../src/sandbox/sandbox-suite.ts';
import type { ExpectedDifference } from '../../src/suite/register-suite.ts';
import { onlyThemes, vitestRunner } from '../../src/vitest.ts';
import { HostRegistry } from './host-registry.ts';
import { HostSandboxProvider } from './host-sandbox-provider.ts';

const notIsolated = 'host sandboxes are directories of this machine';

const EXPECTED_DIFFERENCES: readonly ExpectedDifference[] = [
  { test: "isolation › two sandboxes do not see each other's files", reason: notIsolated },
  { test: 'isolation › the next sandbox does not find the files of an earlier sandbox [row 33]', reason: notIsolated },
  { test: 'isolation › files of this machine cannot be read', reason: notIsolated },
  { test: 'isolation › the file API of the sandbox does not reach files of this machine', reason: notIsolated },
  { test: 'isolation › no connection leaves the sandbox, not even to this machine [row 8]', reason: notIsolated },
  { test: 'isolation › no connection leaves through shell tools [row 8]', reason: notIsolated },
  { test: 'isolation › the guest has no capabilities, no new privileges, a seccomp filter and no root [row 1]', reason: notIsolated },
  { test: 'isolation › the root file system is read-only [row 2]', reason: notIsolated },
  {
    test: 'kernel surface › mounts, new namespaces and writes to the kernel are refused, and the run continues [row 3]',
    reason: notIsolated,
  },
  { test: 'kernel surface › bpf and keyctl are refused [row 3]', reason: notIsolated },
  {
    test: 'kernel surface › there is no engine socket, no host device and no kernel memory [row 4]',
    reason: notIsolated,
  },
  { test: 'connect › a connection works while the network is closed', reason: notIsolated },
];

/** What shells do differently: the launcher's own work. The rest is the same in any. */
const SHELL_THEMES = [
  'run',
  'output',
  'stdin',
  'environment',
  'files: contents',
  'files: directories',
  'files: paths',
  'timeout',
  'cancel',
  'signal',
  'end processes',
];

for (const shell of process.env['SANDPOD_TEST_SHELLS']?.split(',') ?? ['dash', 'bash', 'busybox sh']) {
  const registry = new HostRegistry();
  const isWhole = shell === 'dash';
  await defineSandboxSuite({
    name: `host, ${shell}`,
    factory: ({ limits }) => new HostSandboxProvider({ shell: shell.split(' '), limits, hasOwnProcesses: true, registry }),
    destroy: async ({ id }) => registry.machines.get(id)?.destroy(),
    sharesMachine: true,
    // One test with much data is enough, because the program is the same in each shell.
    large: isWhole,
    runner: isWhole ? vitestRunner : onlyThemes(...SHELL_THEMES),
    expectedDifferences: EXPECTED_DIFFERENCES,
  });
}
