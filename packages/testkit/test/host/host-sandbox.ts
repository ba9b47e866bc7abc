import { DEFAULT_LIMITS, type ExtendOptions, type Leftovers, type Limits, type SandboxCapabilities } from '@sandpod/core';
import { ExecSandbox, type RelayProgram } from '@sandpod/launcher';
import type { HostRecord, HostRegistry } from './host-registry.ts';

export interface HostSandboxParts {
  readonly registry: HostRegistry;
  readonly record: HostRecord;
  readonly capabilities: SandboxCapabilities;
  readonly description: string;
  readonly leftovers: Leftovers;
  readonly ownsProcesses: boolean;
  readonly limits: Partial<Limits> | undefined;
  readonly graceMs: number | undefined;
  readonly relays: readonly RelayProgram[] | undefined;
}

/** A directory of this machine, and the programs that run in it, as a sandbox. */
export class HostSandbox extends ExecSandbox {
  override readonly name: string | undefined;
  override readonly labels: Readonly<Record<string, string>>;
  protected override readonly leftovers: Leftovers;
  readonly #registry: HostRegistry;

  constructor(parts: HostSandboxParts) {
    const { registry, record, limits, leftovers, ...rest } = parts;
    const { id, machine, name, labels } = record;
    super({
      ...rest,
      id,
      limits: { ...DEFAULT_LIMITS, ...limits },
      workspace: machine.workspace,
      transport: machine,
      explainLoss: async () =>
        machine.endReason === undefined ? undefined : { outcome: 'session-lost', reason: machine.endReason, isSandboxLost: true },
      destroy: () => registry.remove(id),
    });
    this.name = name;
    this.labels = labels;
    this.leftovers = leftovers;
    this.#registry = registry;
  }

  protected override async _extend({ expiresInMs }: ExtendOptions): Promise<void> {
    this.#registry.extend(this.id, expiresInMs);
  }
}
