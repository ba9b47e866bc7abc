import { randomBytes } from 'node:crypto';
import type { V1Pod } from '@kubernetes/client-node';
import {
  type AttachOptions,
  abortable,
  type CreateOptions,
  type Description,
  type SandboxCapabilities,
  type SandboxInfo,
  type SandboxProvider,
  SandpodError,
  type SweepOptions,
  type SweepReport,
  validateCreateOptions,
  validateOptions,
} from '@sandpod/core';
import { KubeClient } from './client/kube-client.ts';
import { loadKubeSettings } from './client/kube-settings.ts';
import { pause } from './client/pause.ts';
import { describePod, looseness } from './describe-pod.ts';
import { type PodOptions, type PodSandboxProviderOptions, podSandboxProviderOptionsSchema } from './kubernetes-options.ts';
import { infoOf, listPods } from './list-pods.ts';
import { awaitRunning } from './pod/await-running.ts';
import { AbortOnDispose, connectEarly } from './pod/connect-early.ts';
import { ensurePolicy } from './pod/create-objects.ts';
import { createPod } from './pod/create-pod.ts';
import { deleteAttempt } from './pod/delete-sandbox.ts';
import { explainTimeout } from './pod/explain-timeout.ts';
import { isRunning, startFailed } from './pod/pod-failure.ts';
import { type NetworkProof, proveClosed } from './pod/prove-closed.ts';
import { POD_CAPABILITIES } from './pod-capabilities.ts';
import { PodSandbox } from './pod-sandbox.ts';
import { labelsOf } from './spec/labels.ts';
import type { Instance } from './spec/lease-job.ts';
import { containerSpecOf } from './spec/pod-spec.ts';
import { readLimits } from './spec/read-limits.ts';
import { sweepSandboxes } from './sweep-sandboxes.ts';

/** Milliseconds that a failed start may take to remove what it has made before its error is thrown. */
const CLEAN_UP_MS = 1_500;

/** Makes hardened pods, each owned by a lease. Building one reads the configuration and connects to nothing. */
export class PodSandboxProvider implements SandboxProvider, Disposable {
  readonly name = 'pod';
  readonly capabilities: SandboxCapabilities = POD_CAPABILITIES;
  readonly namespace: string;
  readonly client: KubeClient;
  readonly #options: PodOptions;
  #policy: Promise<void> | undefined;
  #proof: NetworkProof | undefined;
  #version: string | undefined;
  readonly #workdirs = new Map<string, string>();

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
    const starting = this.#start(instance, { ...valid, abortSignal: signal });
    try {
      return await abortable(starting, signal);
    } catch (error) {
      const isTimeout = deadline.aborted && !abortSignal?.aborted;
      const reason = isTimeout ? await explainTimeout(this.client, { ...instance, startTimeoutMs }) : error;
      await this.#cleanUp(starting, instance);
      throw reason;
    }
  }

  async attach(options: AttachOptions): Promise<PodSandbox> {
    const [pod] = await listPods(this.client, { namespace: this.namespace, id: options.id, abortSignal: options.abortSignal });
    if (pod === undefined || !isRunning(pod)) {
      throw new SandpodError({
        code: 'sandbox-not-found',
        message: `No running pod in namespace ${this.namespace} belongs to the sandbox ${options.id}.`,
        details: { id: options.id },
      });
    }
    const sandbox = this.#open(options.id, pod);
    await sandbox.warm(options.abortSignal);
    return sandbox;
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
      versions: this.#version === undefined ? {} : { kubernetes: this.#version },
      loose: looseness(this.#options, this.#proof),
      notes: [`The cluster is ${server}, from ${source}; the namespace is ${this.namespace}.`, `Pods are made of ${this.#options.image}.`],
    };
  }

  /** Closes idle connections. Sandboxes that are left stay until they expire. */
  [Symbol.dispose](): void {
    this.client[Symbol.dispose]();
  }

  async #start(instance: Instance, options: CreateOptions & { readonly abortSignal: AbortSignal }): Promise<PodSandbox> {
    const { onProgress, abortSignal } = options;
    onProgress?.({ phase: 'creating', message: `Creating the pod ${instance.name} of ${this.#options.image}.` });
    const learning = this.#learnVersion(abortSignal);
    if (this.#options.network !== 'open') await this.#ensurePolicy(abortSignal);
    const known = await createPod(this.client, { pod: this.#options, instance, workdirs: this.#workdirs, onProgress, abortSignal });
    const sandbox = this.#open(instance.id, known);
    const { scheduleTimeoutMs } = this.#options;
    using failed = new AbortOnDispose(abortSignal);
    const isNewName = options.id === undefined && this.#options.podName === undefined;
    try {
      const running = awaitRunning(this.client, { instance, known, scheduleTimeoutMs, onProgress, abortSignal: failed.signal });
      const usable = connectEarly(sandbox, { running, isNewName, abortSignal: failed.signal }).then(() =>
        this.#prove(sandbox, failed.signal),
      );
      await Promise.all([running, usable, learning]);
    } catch (error) {
      await sandbox[Symbol.asyncDispose]().catch(() => {});
      throw error;
    }
    onProgress?.({ phase: 'ready', message: `The pod ${instance.name} is ready.` });
    return sandbox;
  }

  /**
   * Removes what a failed start has made. A request that is still on its way is waited for, for a moment here and
   * else in the background; what cannot be removed now the lease removes later.
   */
  async #cleanUp(starting: Promise<PodSandbox>, instance: Instance): Promise<void> {
    const removed = starting.then(
      (sandbox) => sandbox[Symbol.asyncDispose](),
      () => deleteAttempt(this.client, instance),
    );
    await Promise.race([removed.catch(() => {}), pause(CLEAN_UP_MS)]);
  }

  async #learnVersion(abortSignal: AbortSignal): Promise<void> {
    if (this.#version !== undefined) return;
    const call = { verb: 'get', group: '', version: '', resource: 'version', path: '/version' } as const;
    this.#version = await this.client.json<{ gitVersion: string }>({ call, abortSignal }).then(
      ({ gitVersion }) => gitVersion,
      () => undefined,
    );
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

  /** What the pod says of itself counts, also where this provider's options differ. */
  #open(id: string, pod: V1Pod): PodSandbox {
    const { name = '', uid = '', ownerReferences = [] } = pod.metadata ?? {};
    const { image = this.#options.image, workingDir = this.#options.workspacePath } = containerSpecOf(pod) ?? {};
    const limits = readLimits(pod, this.#options.limits);
    const leaseUid = ownerReferences.find(({ kind }) => kind === 'Job')?.uid;
    return new PodSandbox({
      client: this.client,
      id,
      known: pod,
      identity: { namespace: this.namespace, name, uid, leaseUid },
      description: describePod({ ...this.#options, image, workspacePath: workingDir, limits }),
      limits,
      workspace: workingDir,
      graceMs: this.#options.graceMs,
    });
  }

  #nameInstance(options: Pick<CreateOptions, 'id' | 'expiresInMs'>): Instance {
    const id = options.id ?? randomBytes(6).toString('hex');
    return {
      id,
      name: this.#options.podName ?? `sandpod-${id}`,
      namespace: this.namespace,
      labels: labelsOf({ id, labels: this.#options.labels, isClosed: this.#options.network !== 'open' }),
      attempt: randomBytes(8).toString('hex'),
      expiresInMs: options.expiresInMs ?? this.#options.expiresInMs,
      nowMs: Date.now(),
    };
  }
}
