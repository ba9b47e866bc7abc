import { randomUUID } from 'node:crypto';
import {
  type CreateOptions,
  DEFAULT_LIMITS,
  type Description,
  ExecSandbox,
  type Limits,
  type Sandbox,
  type SandboxCapabilities,
  type SandboxInfo,
  type SandboxProvider,
  SandpodError,
  type SweepReport,
} from '@sandpod/core';
import { HostMachine, type HostMachineOptions } from './host-machine.ts';

export interface HostSandboxOptions extends Partial<HostMachineOptions> {
  readonly limits?: Partial<Limits> | undefined;
  readonly graceMs?: number | undefined;
}

/**
 * For tests only: "sandboxes" that are directories of this machine. Nothing is isolated. It shows that the launcher works in
 * a given shell before a container platform is there.
 */
export class HostSandboxProvider implements SandboxProvider {
  readonly name = 'host';
  readonly capabilities: SandboxCapabilities = {
    stdin: true,
    backgroundProcesses: true,
    shellStreaming: true,
    signals: true,
    attach: false,
    network: 'closed',
    kernel: 'real',
    enforces: ['time', 'output'],
  };
  readonly machines = new Map<string, HostMachine>();
  readonly #options: HostSandboxOptions;

  constructor(options: HostSandboxOptions = {}) {
    this.#options = options;
  }

  async create(options: CreateOptions = {}): Promise<ExecSandbox> {
    const { id = randomUUID() } = options;
    options.abortSignal?.throwIfAborted();
    if (this.machines.has(id)) throw new SandpodError({ code: 'sandbox-exists', message: `A sandbox ${id} exists.` });
    const { shell = ['sh'], halfClose = true, hasOwnProcesses = false, env, limits, graceMs } = this.#options;
    const machine = new HostMachine({ shell, halfClose, hasOwnProcesses, env });
    this.machines.set(id, machine);
    await machine.start();
    const sandbox = new ExecSandbox({
      id,
      description: `A directory of this machine (${shell.join(' ')}), not isolated.`,
      limits: { ...DEFAULT_LIMITS, ...limits },
      capabilities: this.capabilities,
      workspace: machine.workspace,
      transport: machine,
      ownsProcesses: hasOwnProcesses,
      graceMs,
      destroy: async () => {
        await machine.destroy();
        this.machines.delete(id);
      },
    });
    await sandbox.warm(options.abortSignal);
    return sandbox;
  }

  attach(): Promise<Sandbox> {
    return Promise.reject(new SandpodError({ code: 'unsupported', message: 'Host sandboxes live and die with this process.' }));
  }

  async *list(): AsyncIterable<SandboxInfo> {
    for (const id of this.machines.keys()) yield { id, createdMs: Date.now(), state: 'running' };
  }

  async sweep(): Promise<SweepReport> {
    return { removed: [], kept: [...this.machines.keys()], failed: [] };
  }

  describe(): Description {
    return { backend: this.name, versions: {}, loose: ['Nothing is isolated: programs run as this user on this machine.'], notes: [] };
  }
}
