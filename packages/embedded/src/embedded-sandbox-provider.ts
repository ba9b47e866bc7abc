import { randomUUID } from 'node:crypto';
import {
  type AttachOptions,
  type CreateOptions,
  type Description,
  type Sandbox,
  type SandboxCapabilities,
  type SandboxInfo,
  type SandboxProvider,
  SandpodError,
  type SweepOptions,
  type SweepReport,
} from '@sandpod/core';
import { type SweepCandidate, sweepCandidates, validateCreateOptions, validateOptions } from '@sandpod/core/backend';
import type { z } from 'zod';
import { EMBEDDED_CAPABILITIES } from './embedded-capabilities.ts';
import { type EmbeddedSandboxProviderOptions, embeddedSandboxProviderOptionsSchema } from './embedded-options.ts';
import { EmbeddedSandbox } from './embedded-sandbox.ts';
import { ENGINE_PACKAGES, installedPackages } from './host/parent/installed-packages.ts';
import { openConnection } from './host/parent/open-connection.ts';

interface LiveSandbox {
  readonly createdMs: number;
  readonly expiresMs: number;
  readonly started: Promise<EmbeddedSandbox>;
  sandbox?: EmbeddedSandbox;
}

/** Creates sandboxes of WebAssembly interpreters, each in a separate child process. Needs no infrastructure. */
export class EmbeddedSandboxProvider implements SandboxProvider {
  readonly name = 'embedded';
  readonly capabilities: SandboxCapabilities = EMBEDDED_CAPABILITIES;
  readonly #options: z.output<typeof embeddedSandboxProviderOptionsSchema>;
  readonly #live = new Map<string, LiveSandbox>();

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: EmbeddedSandboxProviderOptions = {}) {
    this.#options = validateOptions(embeddedSandboxProviderOptionsSchema, options, 'embedded');
  }

  /** @throws {SandpodError} `sandbox-exists`, `start-failed`, `start-timeout`. @throws the abort's reason. */
  async create(options: CreateOptions = {}): Promise<Sandbox> {
    const valid = validateCreateOptions(options);
    const { name: id = randomUUID() } = valid;
    const expiresInMs = valid.expiresInMs ?? this.#options.expiresInMs;
    if (this.#live.has(id))
      throw new SandpodError({ code: 'sandbox-exists', message: `A live sandbox has the name ${JSON.stringify(id)}.`, details: { id } });
    const createdMs = Date.now();
    const live: LiveSandbox = { createdMs, expiresMs: createdMs + expiresInMs, started: this.#start(id, { ...valid, expiresInMs }) };
    this.#live.set(id, live);
    try {
      live.sandbox = await live.started;
    } catch (error) {
      this.#live.delete(id);
      throw error;
    }
    void live.sandbox.lost.then(() => this.#live.delete(id));
    return live.sandbox;
  }

  /** @throws {SandpodError} `unsupported`: these sandboxes live and die with this process. */
  async attach(options: AttachOptions): Promise<Sandbox> {
    const message = `The sandbox ${JSON.stringify(options.id)} cannot be attached to: embedded sandboxes belong to the process that made them.`;
    throw new SandpodError({ code: 'unsupported', message });
  }

  async *list(): AsyncIterable<SandboxInfo> {
    for (const [id, live] of [...this.#live]) yield infoOf(id, live);
  }

  /** Covers only sandboxes that this process created. Sandboxes of other processes end when their process ends. */
  async sweep(options: SweepOptions = {}): Promise<SweepReport> {
    const candidates = [...this.#live].map(([id, live]): SweepCandidate => ({ ...infoOf(id, live), remove: () => removeStarted(live) }));
    return sweepCandidates(candidates, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  describe(): Description {
    const engines = installedPackages().filter(({ name }) => ENGINE_PACKAGES.some((engine) => engine === name));
    return {
      backend: this.name,
      versions: { node: process.versions.node, python: '3.12', ...Object.fromEntries(engines.map(({ name, version }) => [name, version])) },
      weaknesses: [],
      notes: [
        'Each sandbox is a child process with an empty environment. Its interpreters are WebAssembly modules, and its files are in memory.',
        'CPU time is limited only by deadlines.',
        ...(Number.parseInt(process.versions.node, 10) < 26
          ? ['Before Node 26, the permission model of the child process does not block network access for host code.']
          : []),
      ],
    };
  }

  async #start(id: string, options: CreateOptions & { readonly expiresInMs: number }): Promise<EmbeddedSandbox> {
    const { limits, env = {} } = this.#options;
    const { startTimeoutMs = this.#options.startTimeoutMs, expiresInMs, abortSignal, onProgress } = options;
    onProgress?.({ phase: 'starting', message: 'Starting the child process for the interpreters.' });
    const connection = await openConnection({ limits, env, expiresInMs, startTimeoutMs, abortSignal });
    onProgress?.({ phase: 'ready', message: 'The sandbox is ready.', fraction: 1 });
    return new EmbeddedSandbox({ id, limits, connection });
  }
}

function infoOf(id: string, { createdMs, expiresMs, sandbox }: LiveSandbox): SandboxInfo {
  return { id, labels: {}, isClaimable: false, createdMs, expiresMs, state: sandbox ? 'running' : 'starting' };
}

/** A sandbox that failed to start leaves nothing to remove. */
async function removeStarted({ started }: LiveSandbox): Promise<void> {
  const sandbox = await started.catch(() => undefined);
  await sandbox?.[Symbol.asyncDispose]();
}
