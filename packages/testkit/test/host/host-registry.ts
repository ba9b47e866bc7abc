import { type SandboxInfo, SandpodError } from '@sandpod/core';
import type { HostMachine } from './host-machine.ts';

/** What a platform would record about a sandbox. */
export interface HostRecord {
  readonly id: string;
  readonly machine: HostMachine;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdMs: number;
  name: string | undefined;
  isClaimable: boolean;
  expiresMs: number | null;
}

/** The platform behind host providers. Providers with the same registry see the same sandboxes. */
export class HostRegistry {
  /** Machines by the id of their sandbox. */
  readonly machines = new Map<string, HostMachine>();
  readonly #records = new Map<string, HostRecord>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  add(record: HostRecord): void {
    this.#records.set(record.id, record);
    this.machines.set(record.id, record.machine);
    this.#schedule(record);
  }

  records(): HostRecord[] {
    return [...this.#records.values()];
  }

  /** @throws {SandpodError} `sandbox-not-found`. */
  find(reference: { readonly id?: string | undefined; readonly name?: string | undefined }): HostRecord {
    const { id, name } = reference;
    const found = this.records().find((record) => (id === undefined ? record.name === name : record.id === id));
    if (found === undefined) throw new SandpodError({ code: 'sandbox-not-found', message: `Found no living sandbox ${id ?? name}.` });
    return found;
  }

  /** Assigns a claimable sandbox to its claimant; false if it is not claimable any more. */
  claim(id: string, name: string | undefined): boolean {
    const record = this.find({ id });
    if (!record.isClaimable) return false;
    this.admitName(name);
    record.isClaimable = false;
    record.name = name ?? record.name;
    return true;
  }

  extend(id: string, expiresInMs: number | null): void {
    const record = this.find({ id });
    record.expiresMs = expiresInMs === null ? null : Date.now() + expiresInMs;
    this.#schedule(record);
  }

  async remove(id: string, reason?: string): Promise<void> {
    clearTimeout(this.#timers.get(id));
    await this.#records.get(id)?.machine.destroy(reason);
    this.#records.delete(id);
    this.machines.delete(id);
  }

  /** @throws {SandpodError} `sandbox-exists` if the name is in use. */
  admitName(name: string | undefined): void {
    if (name === undefined || !this.records().some((record) => record.name === name)) return;
    throw new SandpodError({ code: 'sandbox-exists', message: `A live sandbox has the name ${name}.` });
  }

  #schedule({ id, expiresMs }: HostRecord): void {
    clearTimeout(this.#timers.get(id));
    if (expiresMs === null) return;
    const timer = setTimeout(() => void this.remove(id, 'The machine expired.'), Math.min(expiresMs - Date.now(), 2 ** 31 - 1));
    this.#timers.set(id, timer.unref());
  }
}

export function toInfo({ id, name, labels, isClaimable, createdMs, expiresMs }: HostRecord): SandboxInfo {
  return {
    id,
    ...(name === undefined ? {} : { name }),
    labels,
    isClaimable,
    createdMs,
    ...(expiresMs === null ? {} : { expiresMs }),
    state: 'running',
  };
}
