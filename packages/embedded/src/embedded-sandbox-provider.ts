import { randomUUID } from 'node:crypto';
import {
  type AttachOptions,
  type CreateOptions,
  type Description,
  type ListOptions,
  type Sandbox,
  type SandboxCapabilities,
  type SandboxInfo,
  type SandboxProvider,
  SandpodError,
  type SweepOptions,
  type SweepReport,
} from '@sandpod/core';
import {
  type SweepCandidate,
  sweepCandidates,
  validateAttachOptions,
  validateCreateOptions,
  validateListOptions,
  validateOptions,
} from '@sandpod/core/backend';
import type { z } from 'zod';
import { EMBEDDED_CAPABILITIES } from './embedded-capabilities.ts';
import { type EmbeddedSandboxProviderOptions, embeddedSandboxProviderOptionsSchema } from './embedded-options.ts';
import { EmbeddedSandbox } from './embedded-sandbox.ts';
import { ENGINE_VERSIONS } from './engine-versions.ts';
import { embeddedEnvironment } from './environment/embedded-environment.ts';
import { openConnection } from './host/parent/open-connection.ts';
import { hasLabels, infoOf, type LiveSandbox, removeStarted } from './live-sandboxes.ts';

/** Creates sandboxes that run WebAssembly interpreters, each in a separate child process. Needs no infrastructure. */
export class EmbeddedSandboxProvider implements SandboxProvider {
  readonly name = 'embedded';
  readonly capabilities: SandboxCapabilities = EMBEDDED_CAPABILITIES;
  readonly #options: z.output<typeof embeddedSandboxProviderOptionsSchema>;
  readonly #live = new Map<string, LiveSandbox>();
  /** True if this provider creates, or has created, a sandbox without an expiry. */
  #hasEndless: boolean;

  /** @throws {SandpodError} `invalid-options` if an option is invalid. */
  constructor(options: EmbeddedSandboxProviderOptions = {}) {
    this.#options = validateOptions(embeddedSandboxProviderOptionsSchema, options, 'embedded');
    this.#hasEndless = this.#options.expiresInMs === null;
  }

  /** @throws {SandpodError} `sandbox-exists`, `start-failed`, `start-timeout`, `unsupported`. @throws the abort reason. */
  async create(options: CreateOptions = {}): Promise<Sandbox> {
    const { expiresInMs = this.#options.expiresInMs, ...valid } = validateCreateOptions(options);
    this.#admit(valid);
    this.#hasEndless ||= expiresInMs === null;
    const createdMs = Date.now();
    const facts = {
      id: randomUUID(),
      name: valid.name,
      labels: { ...valid.labels },
      expiresMs: expiresInMs === null ? undefined : createdMs + expiresInMs,
    };
    const live: LiveSandbox = { ...facts, createdMs, started: this.#start(facts, { ...valid, expiresInMs }) };
    this.#live.set(live.id, live);
    try {
      live.sandbox = await live.started;
    } catch (error) {
      this.#live.delete(live.id);
      throw error;
    }
    void live.sandbox.lost.then(() => this.#live.delete(live.id));
    return live.sandbox;
  }

  /** Always fails, because an embedded sandbox can be used only by the process that created it. @throws {SandpodError} `unsupported`. */
  async attach(options: AttachOptions): Promise<Sandbox> {
    const { id, name } = validateAttachOptions(options);
    const wanted = JSON.stringify(id ?? name);
    const message = `Cannot attach to the sandbox ${wanted}: an embedded sandbox can be used only through the object that create() returned.`;
    throw new SandpodError({ code: 'unsupported', message });
  }

  async *list(options: ListOptions = {}): AsyncIterable<SandboxInfo> {
    const { labels = {} } = validateListOptions(options);
    for (const info of [...this.#live.values()].map(infoOf)) if (hasLabels(info, labels)) yield info;
  }

  /** Removes only sandboxes that this provider created. The sandboxes of another process end when that process ends. */
  async sweep(options: SweepOptions = {}): Promise<SweepReport> {
    const candidates = [...this.#live.values()].map((live): SweepCandidate => ({ ...infoOf(live), remove: () => removeStarted(live) }));
    return sweepCandidates(candidates, options);
  }

  /** Does nothing: a provider has no open connections, and its sandboxes continue to run. */
  async [Symbol.asyncDispose](): Promise<void> {}

  describe(): Description {
    return {
      backend: this.name,
      versions: { node: process.versions.node, python: '3.12', ...ENGINE_VERSIONS },
      weaknesses: this.#hasEndless ? ['Sandboxes do not expire while this process runs (expiresInMs: null).'] : [],
      notes: [
        'Each sandbox is a child process with an empty environment. Its interpreters are WebAssembly modules, and its files are in memory.',
        'CPU time is limited only by deadlines.',
        ...(Number.parseInt(process.versions.node, 10) < 26
          ? ['Before Node 26, the permission model of the child process does not block network access for host code.']
          : []),
      ],
      environment: embeddedEnvironment(this.#options.limits),
    };
  }

  #admit({ name, isClaimable = false }: CreateOptions): void {
    if (isClaimable)
      throw new SandpodError({
        code: 'unsupported',
        message: 'isClaimable: an embedded sandbox can be used only by the process that created it, so it cannot be claimed.',
      });
    if (name !== undefined && [...this.#live.values()].some((live) => live.name === name))
      throw new SandpodError({
        code: 'sandbox-exists',
        message: `A live sandbox already has the name ${JSON.stringify(name)}.`,
        details: { name },
      });
  }

  async #start(
    facts: Pick<LiveSandbox, 'id' | 'name' | 'labels' | 'expiresMs'>,
    options: CreateOptions & { readonly expiresInMs: number | null },
  ): Promise<EmbeddedSandbox> {
    const { limits, env = {} } = this.#options;
    const { startTimeoutMs = this.#options.startTimeoutMs, expiresInMs, abortSignal, onProgress } = options;
    onProgress?.({ phase: 'starting', message: 'Starting the child process for the interpreters.' });
    const connection = await openConnection({ limits, env, expiresInMs, startTimeoutMs, abortSignal });
    onProgress?.({ phase: 'ready', message: 'The sandbox is ready.', fraction: 1 });
    return new EmbeddedSandbox({ ...facts, limits, connection });
  }
}
