import { randomBytes } from 'node:crypto';
import type { V1Pod } from '@kubernetes/client-node';
import {
  type AttachOptions,
  abortable,
  type CreateOptions,
  type Description,
  SandpodError,
  type SandboxCapabilities,
  type SandboxInfo,
  type SandboxProvider,
  type SweepOptions,
  type SweepReport,
  validateCreateOptions,
  validateOptions,
} from '@sandpod/core';
import { KubeClient } from './client/kube-client.ts';
import { loadKubeSettings } from './client/kube-settings.ts';
import { describePod, looseness } from './describe-pod.ts';
import { type PodOptions, type PodSandboxProviderOptions, podSandboxProviderOptionsSchema } from './kubernetes-options.ts';
import { infoOf, listPods } from './list-pods.ts';
import { awaitRunning } from './pod/await-running.ts';
import { createObjects, ensurePolicy } from './pod/create-objects.ts';
import { deleteSandbox } from './pod/delete-sandbox.ts';
import { isRunning, startFailed } from './pod/pod-failure.ts';
import { type NetworkProof, proveClosed } from './pod/prove-closed.ts';
import { POD_CAPABILITIES } from './pod-capabilities.ts';
import { PodSandbox } from './pod-sandbox.ts';
import { labelsOf } from './spec/labels.ts';
import type { Instance } from './spec/lease-job.ts';
import { sweepSandboxes } from './sweep-sandboxes.ts';

/** Makes hardened pods, each owned by a lease. Building one reads the configuration and connects to nothing. */
export class PodSandboxProvider implements SandboxProvider {
  readonly name = 'pod';
  readonly capabilities: SandboxCapabilities = POD_CAPABILITIES;
  readonly namespace: string;
  readonly client: KubeClient;
  readonly #options: PodOptions;
  #policy: Promise<void> | undefined;
  #proof: NetworkProof | undefined;

  /** @throws {SandpodError} `invalid-options`, also when no configuration of a cluster is found. */
  constructor(options: PodSandboxProviderOptions = {}) {
    this.#options = validateOptions(podSandboxProviderOptionsSchema, options, 'pod');
    this.client = new KubeClient(loadKubeSettings(options));
    this.namespace = this.#options.namespace ?? this.client.settings.namespace ?? 'default';
  }

  async create(options: CreateOptions = {}): Promise<PodSandbox> {
    const valid = validateCreateOptions(options);
    const { startTimeoutMs = this.#options.startTimeoutMs, abortSignal } = valid;
    const instance = this.#nameInstance(valid);
    const deadline = AbortSignal.timeout(startTimeoutMs);
    const signal = abortSignal === undefined ? deadline : AbortSignal.any([abortSignal, deadline]);
    try {
      return await abortable(this.#start(instance, { ...valid, abortSignal: signal }), signal);
    } catch (error) {
      if (!isNameTaken(error)) await deleteSandbox(this.client, instance);
      throw deadline.aborted && !abortSignal?.aborted ? startTimeout(instance.name, startTimeoutMs) : error;
    }
  }

  async attach(options: AttachOptions): Promise<PodSandbox> {
    const [pod] = await listPods(this.client, { namespace: this.namespace, id: options.id, abortSignal: options.abortSignal });
    if (pod === undefined || !isRunning(pod)) {
      throw new SandpodError({ code: 'sandbox-not-found', message: `No running pod in namespace ${this.namespace} belongs to the sandbox ${options.id}.` });
    }
    const name = pod.metadata?.name ?? '';
    return this.#open({ ...this.#nameInstance({ id: options.id }), name }, pod);
  }

  async *list(): AsyncIterable<SandboxInfo> {
    for (const pod of await listPods(this.client, { namespace: this.namespace })) yield infoOf(pod);
  }

  sweep(options: SweepOptions = {}): Promise<SweepReport> {
    return sweepSandboxes(this.client, { ...options, namespace: this.namespace });
  }

  describe(): Description {
    const { source, server } = this.client.settings;
    return {
      backend: this.name,
      versions: {},
      loose: looseness(this.#options, this.#proof),
      notes: [`The cluster is ${server}, from ${source}; the namespace is ${this.namespace}.`, `Pods are made of ${this.#options.image}.`],
    };
  }

  async #start(instance: Instance, options: CreateOptions & { readonly abortSignal: AbortSignal }): Promise<PodSandbox> {
    const { onProgress, abortSignal } = options;
    onProgress?.({ phase: 'creating', message: `Creating the pod ${instance.name} of ${this.#options.image}.` });
    if (this.#options.network !== 'open') await this.#ensurePolicy(abortSignal);
    await createObjects(this.client, { pod: this.#options, instance, abortSignal });
    const { scheduleTimeoutMs } = this.#options;
    const pod = await awaitRunning(this.client, { instance, scheduleTimeoutMs, onProgress, abortSignal });
    const sandbox = this.#open(instance, pod);
    await sandbox.warm(abortSignal);
    await this.#prove(sandbox, abortSignal);
    onProgress?.({ phase: 'ready', message: `The pod ${instance.name} is ready.` });
    return sandbox;
  }

  /** Once for a provider; a failure is tried again at the next start. */
  async #ensurePolicy(abortSignal: AbortSignal): Promise<void> {
    this.#policy ??= ensurePolicy(this.client, this.namespace, abortSignal);
    try {
      await this.#policy;
    } catch (error) {
      this.#policy = undefined;
      throw error;
    }
  }

  async #prove(sandbox: PodSandbox, abortSignal: AbortSignal): Promise<void> {
    const { network } = this.#options;
    if (network === 'open') return;
    const proof = await proveClosed(sandbox, abortSignal);
    if (this.#proof === undefined || proof !== 'closed') this.#proof = proof;
    if (network === 'require-none' && proof !== 'closed') {
      throw startFailed(
        `The network of the pod ${sandbox.podName} is ${proof === 'open' ? 'open although a NetworkPolicy closes it' : 'not proven closed'}.`,
        'Install a network plugin that enforces NetworkPolicies, or say network: "none" to go without the proof.',
      );
    }
  }

  #open(instance: Instance, pod: V1Pod): PodSandbox {
    const { limits, workspacePath, graceMs } = this.#options;
    const uid = pod.metadata?.uid ?? '';
    const description = describePod(this.#options);
    return new PodSandbox({ client: this.client, instance: { ...instance, uid }, description, limits, workspace: workspacePath, graceMs });
  }

  #nameInstance(options: Pick<CreateOptions, 'id' | 'expiresInMs'>): Instance {
    const id = options.id ?? randomBytes(6).toString('hex');
    return {
      id,
      name: this.#options.podName ?? `sandpod-${id}`,
      namespace: this.namespace,
      labels: labelsOf({ id, labels: this.#options.labels, isClosed: this.#options.network !== 'open' }),
      expiresInMs: options.expiresInMs ?? this.#options.expiresInMs,
      nowMs: Date.now(),
    };
  }
}

function isNameTaken(error: unknown): boolean {
  return SandpodError.isInstance(error) && error.code === 'sandbox-exists';
}

function startTimeout(name: string, startTimeoutMs: number): SandpodError {
  return new SandpodError({ code: 'start-timeout', message: `The pod ${name} was not usable within ${startTimeoutMs} ms.` });
}
