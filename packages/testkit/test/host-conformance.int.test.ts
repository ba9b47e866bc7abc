import { CommandLineCodeExecutor } from '@sandpod/core/backend';
import { defineSandboxSuite } from '../src/sandbox/sandbox-suite.ts';
import type { ExpectedDifference } from '../src/suite/register-suite.ts';
import { defineExecutorSuite, onlyThemes } from '../src/vitest.ts';
import { HostRegistry } from './host/host-registry.ts';
import { type HostSandboxOptions, HostSandboxProvider } from './host/host-sandbox-provider.ts';

const cannotTellApart = differences('Without a process namespace the launcher cannot be sure that it has found every process.', [
  'end processes › a running program ends with session-lost, and the sandbox keeps its files and keeps working',
  'end processes › without running programs, it changes nothing, even if it is called twice or in parallel',
  'end processes › several runs end with session-lost and their output so far',
  'end processes › no background process survives, however it was started',
]);

// `host/host-suite.int.test.ts` runs the whole suite. Without a process namespace, only this is different.
await defineSandboxSuite({
  name: 'host',
  runner: onlyThemes('run', 'timeout', 'cancel', 'signal', 'end processes', 'detach', 'claim', 'faults', 'provider disposal'),
  factory: (options) => new HostSandboxProvider(options),
  sharesMachine: true,
  expectedDifferences: cannotTellApart,
});

const registry = new HostRegistry();
const provider = (options: HostSandboxOptions = {}): HostSandboxProvider =>
  new HostSandboxProvider({ ...options, hasOwnProcesses: true, registry });
await defineExecutorSuite({
  name: 'host',
  factory: ({ limits, ...options }) => new CommandLineCodeExecutor({ provider: provider({ limits }), ...options }),
  provider,
  ignoredOptions: ['state'],
  expectedDifferences: differences('The host provider closes no network.', [
    "isolation › no connection leaves the executor's sandbox, not even to this machine [row 8]",
  ]),
});

function differences(reason: string, tests: readonly string[]): ExpectedDifference[] {
  return tests.map((test) => ({ test, reason }));
}
