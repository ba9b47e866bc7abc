import { randomUUID } from 'node:crypto';
import {
  type CreateOptions,
  DEFAULT_LIMITS,
  type Description,
  type Limits,
  type Sandbox,
  type SandboxCapabilities,
  type SandboxInfo,
  type SandboxProvider,
  SandpodError,
  type SweepReport,
} from '@sandpod/core';
import { validateCreateOptions } from '@sandpod/core/backend';
import { ExecSandbox } from '@sandpod/launcher';
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
    ports: false,
    pause: false,
    terminal: false,
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
    const { name: id = randomUUID(), abortSignal, onProgress } = validateCreateOptions(options);
    if (this.machines.has(id)) throw new SandpodError({ code: 'sandbox-exists', message: `A sandbox ${id} exists.` });
    const { shell = ['sh'], halfClose = true, hasOwnProcesses = false, env } = this.#options;
    const machine = new HostMachine({ shell, halfClose, hasOwnProcesses, env });
    this.machines.set(id, machine);
    const sandbox = this.#sandbox(id, machine);
    try {
      onProgress?.({ phase: 'starting', message: 'Opening a launcher.' });
      await machine.start();
      await sandbox.warm(abortSignal);
      onProgress?.({ phase: 'ready', message: 'The launcher waits.' });
      return sandbox;
    } catch (error) {
      await sandbox[Symbol.asyncDispose]();
      abortSignal?.throwIfAborted();
      throw error;
    }
  }

  #sandbox(id: string, machine: HostMachine): ExecSandbox {
    const { shell = ['sh'], hasOwnProcesses = false, limits, graceMs } = this.#options;
    return new ExecSandbox({
      id,
      description: `A directory of this machine (${shell.join(' ')}), not isolated.`,
      limits: { ...DEFAULT_LIMITS, ...limits },
      capabilities: this.capabilities,
      workspace: machine.workspace,
      transport: machine,
      ownsProcesses: hasOwnProcesses,
      graceMs,
      explainLoss: async () =>
        machine.isDestroyed ? { outcome: 'session-lost', reason: 'The machine was destroyed.', isSandboxLost: true } : undefined,
      destroy: async () => {
        await machine.destroy();
        this.machines.delete(id);
      },
    });
  }

  attach(): Promise<Sandbox> {
    return Promise.reject(new SandpodError({ code: 'unsupported', message: 'Host sandboxes live and die with this process.' }));
  }

  async *list(): AsyncIterable<SandboxInfo> {
    for (const id of this.machines.keys()) yield { id, labels: {}, isClaimable: false, createdMs: Date.now(), state: 'running' };
  }

  async sweep(): Promise<SweepReport> {
    return { removed: [], kept: [...this.machines.keys()], failed: [] };
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  describe(): Description {
    return { backend: this.name, versions: {}, weaknesses: ['Nothing is isolated: programs run as this user on this machine.'], notes: [] };
  }
}
