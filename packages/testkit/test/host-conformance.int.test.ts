import { lookup } from 'node:dns/promises';
import { CommandLineCodeExecutor } from '@sandpod/core/backend';
import type { ExpectedDifference } from '../src/suite/register-suite.ts';
import { defineExecutorSuite, defineSandboxSuite } from '../src/vitest.ts';
import { HostRegistry } from './host/host-registry.ts';
import { type HostSandboxOptions, HostSandboxProvider } from './host/host-sandbox-provider.ts';

const canResolve = await lookup('example.com').then(
  () => true,
  () => false,
);

const notIsolated = differences('Programs of the host provider run as this user on this machine; it is there to test the launcher.', [
  "isolation › two sandboxes do not see each other's files",
  "isolation › two sandboxes do not see each other's processes",
  'isolation › the next sandbox does not find the files of an earlier sandbox [row 33]',
  'isolation › files of this machine cannot be read',
  'isolation › the file API of the sandbox does not reach files of this machine',
  'isolation › no connection leaves the sandbox, not even to this machine [row 8]',
  'isolation › no connection leaves through shell tools [row 8]',
  ...(canResolve ? ['isolation › names are not resolved, so nothing leaks through them [row 8]'] : []),
  'isolation › the guest has no capabilities, no new privileges, a seccomp filter and no root [row 1]',
  'isolation › the root file system is read-only [row 2]',
  'kernel surface › mounts, new namespaces and writes to the kernel are refused, and the run continues [row 3]',
  'kernel surface › bpf and keyctl are refused [row 3]',
  'kernel surface › there is no engine socket, no device of the host and no kernel memory [row 4]',
  'connect › a connection works while the network is closed',
]);

const cannotTellApart = differences('Without a process namespace the launcher cannot be sure that it has found every process.', [
  'end processes › a running program ends as session-lost, and the sandbox keeps working with its files',
  'end processes › without running programs it changes nothing, also twice and in parallel',
  'end processes › several runs end as session-lost with their output so far',
  'end processes › no background process survives, however it was started',
]);

await defineSandboxSuite({
  name: 'host',
  factory: (options) => new HostSandboxProvider(options),
  sharesMachine: true,
  expectedDifferences: [...notIsolated, ...cannotTellApart],
});

const registry = new HostRegistry();
const provider = (options: HostSandboxOptions = {}): HostSandboxProvider =>
  new HostSandboxProvider({ ...options, hasOwnProcesses: true, registry });
await defineExecutorSuite({
  name: 'host',
  factory: ({ limits, ...options }) => new CommandLineCodeExecutor({ provider: provider({ limits }), ...options }),
  provider,
  expectedDifferences: differences('The host provider closes no network.', [
    "isolation › no connection leaves the executor's sandbox, not even to this machine [row 8]",
  ]),
});

function differences(reason: string, tests: readonly string[]): ExpectedDifference[] {
  return tests.map((test) => ({ test, reason }));
}
