import type { ExecSandbox } from '@sandpod/launcher';
import { describe, onTestFinished, test } from 'vitest';
import type { HostMachine } from './host-machine.ts';
import { type HostSandboxOptions, HostSandboxProvider } from './host-sandbox-provider.ts';

const SHELLS = process.env['SANDPOD_TEST_SHELLS']?.split(',') ?? ['dash', 'bash', 'busybox sh'];

/** A sandbox for a test, and the machine behind it. */
export interface ShellSandbox {
  readonly sandbox: ExecSandbox;
  readonly machine: HostMachine;
}

export type MakeSandbox = (options?: HostSandboxOptions) => Promise<ShellSandbox>;

/** Registers a test for every shell that the launcher must support. */
export function inEachShell(name: string, body: (make: MakeSandbox) => Promise<void>): void {
  describe.each(SHELLS)('%s', (shell) => {
    test(name, () => body((options) => makeSandbox({ shell: shell.split(' '), ...options })));
  });
}

/** Creates a sandbox that is disposed of at the end of the test. */
export async function makeSandbox(options: HostSandboxOptions = {}): Promise<ShellSandbox> {
  const provider = new HostSandboxProvider({ hasOwnProcesses: true, graceMs: 300, ...options });
  const sandbox = await provider.create();
  onTestFinished(() => sandbox[Symbol.asyncDispose]());
  const machine = provider.machines.get(sandbox.id);
  if (machine === undefined) throw new Error('Expected a machine for the sandbox.');
  return { sandbox, machine };
}

/** Runs a program. Resolves with its standard output as bytes. */
export async function outputOf(sandbox: ExecSandbox, options: Parameters<ExecSandbox['spawn']>[0]): Promise<Buffer> {
  const running = await sandbox.spawn(options);
  const chunks: Uint8Array[] = [];
  for await (const { stream, bytes } of running.output) if (stream === 'stdout') chunks.push(bytes);
  await running.wait();
  return Buffer.concat(chunks);
}
