import { randomUUID } from 'node:crypto';
import {
  type AttachOptions,
  type ClaimOptions,
  type CreateOptions,
  type Description,
  type Leftovers,
  type Limits,
  type ListOptions,
  type SandboxCapabilities,
  type SandboxInfo,
  type SandboxProvider,
  SandpodError,
  type SweepReport,
} from '@sandpod/core';
import { validateAttachOptions, validateClaimOptions, validateCreateOptions, validateListOptions } from '@sandpod/core/backend';
import type { RelayProgram } from '@sandpod/launcher';
import { HostMachine, type HostMachineOptions } from './host-machine.ts';
import { type HostRecord, HostRegistry, toInfo } from './host-registry.ts';
import { HostSandbox } from './host-sandbox.ts';

const DEFAULT_EXPIRES_IN_MS = 3_600_000;

export interface HostSandboxOptions extends Partial<HostMachineOptions> {
  readonly limits?: Partial<Limits> | undefined;
  readonly graceMs?: number | undefined;
  readonly relays?: readonly RelayProgram[] | undefined;
  /** Shared by several providers, as clients share a platform. Default: a new registry. */
  readonly registry?: HostRegistry | undefined;
}

/**
 * For tests only: "sandboxes" that are directories on this machine, without isolation. They show that the launcher works in
 * a shell without a container platform. With a process namespace, clients can attach to sandboxes and claim them.
 */
export class HostSandboxProvider implements SandboxProvider {
  readonly name = 'host';
  readonly capabilities: SandboxCapabilities;
  readonly registry: HostRegistry;
  readonly machines: Map<string, HostMachine>;
  readonly #options: HostSandboxOptions;

  constructor(options: HostSandboxOptions = {}) {
    this.#options = options;
    this.registry = options.registry ?? new HostRegistry();
    this.machines = this.registry.machines;
    this.capabilities = {
      stdin: true,
      backgroundProcesses: true,
      shellStreaming: true,
      signals: true,
      attach: options.hasOwnProcesses === true,
      ports: true,
      pause: false,
      terminal: false,
      network: 'closed',
      kernel: 'real',
      enforces: ['time', 'output'],
    };
  }

  async create(options: CreateOptions = {}): Promise<HostSandbox> {
    const valid = validateCreateOptions(options);
    const { abortSignal, onProgress } = valid;
    const record = this.#register(valid);
    const sandbox = this.#sandbox(record, 'end');
    try {
      onProgress?.({ phase: 'starting', message: 'Opening a launcher.' });
      await record.machine.start();
      await sandbox.warm(abortSignal);
      onProgress?.({ phase: 'ready', message: 'The launcher waits.' });
      return sandbox;
    } catch (error) {
      await sandbox[Symbol.asyncDispose]();
      abortSignal?.throwIfAborted();
      throw error;
    }
  }

  async attach(options: AttachOptions): Promise<HostSandbox> {
    if (!this.capabilities.attach) throw unsupported();
    const sandbox = this.#sandbox(this.registry.find(validateAttachOptions(options)), 'keep');
    await sandbox.warm(options.abortSignal);
    return sandbox;
  }

  async claim(options: ClaimOptions): Promise<HostSandbox | undefined> {
    if (!this.capabilities.attach) throw unsupported();
    const { id, name, expiresInMs } = validateClaimOptions(options);
    if (!this.registry.claim(id, name)) return undefined;
    if (expiresInMs !== undefined) this.registry.extend(id, expiresInMs);
    const sandbox = this.#sandbox(this.registry.find({ id }), 'end');
    await sandbox.endProcesses();
    return sandbox;
  }

  async *list(options: ListOptions = {}): AsyncIterable<SandboxInfo> {
    const labels = Object.entries(validateListOptions(options).labels ?? {});
    const isSelected = (record: HostRecord): boolean => labels.every(([key, value]) => record.labels[key] === value);
    yield* this.registry.records().filter(isSelected).map(toInfo);
  }

  async sweep(): Promise<SweepReport> {
    return { removed: [], kept: [...this.machines.keys()], failed: [] };
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  describe(): Description {
    return { backend: this.name, versions: {}, weaknesses: ['Nothing is isolated: programs run as this user on this machine.'], notes: [] };
  }

  #register({ name, labels = {}, isClaimable = false, expiresInMs = DEFAULT_EXPIRES_IN_MS }: CreateOptions): HostRecord {
    const { shell = ['sh'], halfClose = true, hasOwnProcesses = false, env } = this.#options;
    // Before the machine, which makes a directory.
    this.registry.admitName(name);
    const createdMs = Date.now();
    const record: HostRecord = {
      id: randomUUID(),
      name,
      labels: { ...labels },
      isClaimable,
      createdMs,
      expiresMs: expiresInMs === null ? null : createdMs + expiresInMs,
      machine: new HostMachine({ shell, halfClose, hasOwnProcesses, env }),
    };
    this.registry.add(record);
    return record;
  }

  #sandbox(record: HostRecord, leftovers: Leftovers): HostSandbox {
    const { shell = ['sh'], hasOwnProcesses = false, limits, graceMs, relays } = this.#options;
    return new HostSandbox({
      registry: this.registry,
      record,
      capabilities: this.capabilities,
      description: `A directory of this machine (${shell.join(' ')}), not isolated.`,
      leftovers,
      ownsProcesses: hasOwnProcesses,
      limits,
      graceMs,
      relays,
    });
  }
}

function unsupported(): SandpodError {
  return new SandpodError({ code: 'unsupported', message: 'Without a process namespace, host sandboxes end with this process.' });
}
