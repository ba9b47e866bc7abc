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
  validateAttachOptions,
  validateCreateOptions,
} from '@sandpod/core';
import { KubeClient } from '../client/kube-client.ts';
import { loadKubeSettings } from '../client/kube-settings.ts';
import { pause } from '../client/pause.ts';
import { hasOwnProcess } from '../manifest/container.ts';
import type { Instance } from '../manifest/lease-job.ts';
import { nameInstance } from '../manifest/name-instance.ts';
import { containerSpecOf } from '../manifest/pod-spec.ts';
import { readLimits } from '../manifest/read-limits.ts';
import { checkServiceAddress } from '../options/check-service-address.ts';
import type { PodOptions, PodSandboxProviderOptions } from '../options/pod-options.ts';
import { checkNamespace, resolvePodOptions } from '../options/resolve-pod-options.ts';
import { describePod, describeProvider } from '../sandbox/describe-pod.ts';
import { NetworkClosure } from '../sandbox/network-closure.ts';
import { POD_CAPABILITIES } from '../sandbox/pod-capabilities.ts';
import { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { AbortOnDispose } from './abort-on-dispose.ts';
import { awaitRunning } from './await-running.ts';
import { connectEarly } from './connect-early.ts';
import { createPod } from './create-pod.ts';
import { deleteAttempt } from './delete-sandbox.ts';
import { explainEarlyEnd } from './explain-early-end.ts';
import { explainTimeout } from './explain-timeout.ts';
import { otherId, removeNamed, reuseOrMake } from './find-living.ts';
import { findRunning, infoOf, listPods } from './list-pods.ts';
import { runInitCommand } from './run-init-command.ts';
import { serverVersion } from './server-version.ts';
import { sweepSandboxes } from './sweep-sandboxes.ts';

/** Milliseconds that a failed start may take to remove what it has made before its error is thrown. */
const CLEAN_UP_MS = 1_500;

type StartOptions = CreateOptions & { readonly abortSignal: AbortSignal };

/** Makes hardened pods, each owned by a lease. Building one reads the configuration and connects to nothing. */
export class PodSandboxProvider implements SandboxProvider, Disposable {
  readonly name = 'pod';
  readonly capabilities: SandboxCapabilities = POD_CAPABILITIES;
  readonly namespace: string;
  readonly client: KubeClient;
  /** Whether disposing of a sandbox leaves its pod running; at first what `autoRemove` says. */
  leavesPods: boolean;
  readonly #options: PodOptions;
  readonly #network: NetworkClosure;
  #version: string | undefined;
  readonly #workdirs = new Map<string, string>();
  /** Sandboxes that were made here and have not ended. */
  readonly #live = new Set<string>();
  readonly #left = new Set<PodSandbox>();

  /** @throws {SandpodError} `invalid-options`, also when no configuration of a cluster is found. */
  constructor(options: PodSandboxProviderOptions = {}) {
    this.#options = resolvePodOptions(options);
    this.client = new KubeClient(loadKubeSettings(options));
    this.namespace = this.#options.namespace ?? this.client.settings.namespace ?? 'default';
    checkNamespace(this.#options, this.namespace);
    checkServiceAddress(this.#options);
    this.#network = new NetworkClosure({ client: this.client, namespace: this.namespace, network: this.#options.network });
    this.leavesPods = !this.#options.autoRemove;
  }

  async create(options: CreateOptions = {}): Promise<PodSandbox> {
    const valid = validateCreateOptions(options);
    const { startTimeoutMs = this.#options.startTimeoutMs, abortSignal } = valid;
    const instance = nameInstance(this.#options, { ...valid, namespace: this.namespace });
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
    const valid = validateAttachOptions(options);
    const pod = await findRunning(this.client, { ...valid, namespace: this.namespace });
    if (pod === undefined) {
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
    for (const pod of await listPods(this.client, { namespace: this.namespace })) {
      const info = infoOf(pod);
      yield info.state === 'starting' && this.#live.has(info.id) ? { ...info, state: 'running' } : info;
    }
  }

  sweep(options: SweepOptions = {}): Promise<SweepReport> {
    return sweepSandboxes(this.client, { ...options, namespace: this.namespace });
  }

  describe(): Description {
    const { settings } = this.client;
    return describeProvider(this.#options, { settings, namespace: this.namespace, version: this.#version, proof: this.#network.proof });
  }

  /** Closes idle connections. Sandboxes that are left stay until they expire. */
  [Symbol.dispose](): void {
    this.client[Symbol.dispose]();
  }

  /** Removes what `leavesPods` has left, and the pod that has the name of the options. */
  async removeLeft(abortSignal: AbortSignal = new AbortController().signal): Promise<void> {
    await Promise.all([...this.#left].map((sandbox) => sandbox.remove()));
    this.#left.clear();
    const { podName: name, autoRemove } = this.#options;
    if (!autoRemove && name !== undefined) await removeNamed(this.client, { namespace: this.namespace, name, abortSignal });
  }

  /** A pod that outlives its sandbox object is found again by its name. */
  async #start(instance: Instance, options: StartOptions): Promise<PodSandbox> {
    const { autoRemove, podName } = this.#options;
    if (autoRemove || podName === undefined) return this.#make(instance, options);
    return reuseOrMake(this.client, {
      namespace: this.namespace,
      name: podName,
      pod: this.#options,
      abortSignal: options.abortSignal,
      reuse: (pod) => this.#reopen(pod, options),
      make: () => this.#make(instance, options),
      undo: () => deleteAttempt(this.client, instance),
    });
  }

  async #reopen(pod: V1Pod, { id: wanted, onProgress, abortSignal }: StartOptions): Promise<PodSandbox> {
    const { id } = infoOf(pod);
    const sandbox = this.#open(id, pod);
    try {
      if (wanted !== undefined && wanted !== id) throw otherId(sandbox.podName, { id, wanted });
      const policy = this.#network.close();
      await Promise.all([sandbox.warm(abortSignal), this.#learnVersion(abortSignal), abortable(policy, abortSignal)]);
      await this.#network.prove(sandbox, { policy, abortSignal });
    } catch (error) {
      await sandbox.leave();
      throw error;
    }
    onProgress?.({ phase: 'ready', message: `The pod ${sandbox.podName} was running already.` });
    return sandbox;
  }

  async #make(instance: Instance, options: StartOptions): Promise<PodSandbox> {
    const { onProgress, abortSignal } = options;
    onProgress?.({ phase: 'creating', message: `Creating the pod ${instance.name} of ${this.#options.image}.` });
    const learning = this.#learnVersion(abortSignal);
    const policy = this.#network.close();
    const making = {
      pod: this.#options,
      instance,
      workdirs: this.#workdirs,
      policy: abortable(policy, abortSignal),
      onProgress,
      abortSignal,
    };
    const known = await createPod(this.client, making);
    const sandbox = this.#open(instance.id, known);
    using failed = new AbortOnDispose(abortSignal);
    const attempt = hasOwnProcess(this.#options) ? instance.attempt : undefined;
    const identity = { namespace: this.namespace, name: instance.name, uid: known.metadata?.uid ?? '' };
    const isNewName = options.id === undefined && this.#options.podName === undefined;
    try {
      const running = awaitRunning(this.client, { ...this.#options, instance, known, onProgress, abortSignal: failed.signal });
      const usable = connectEarly(sandbox, { running, isNewName, abortSignal: failed.signal })
        .then(() => this.#network.prove(sandbox, { policy, attempt, abortSignal: failed.signal }))
        .catch((error) => explainEarlyEnd(this.client, { identity, error, abortSignal: failed.signal }));
      // What runs already need not be reported as running, which takes the cluster up to a second.
      await Promise.race([usable, running.then(() => usable)]);
      await learning;
      await runInitCommand(sandbox, this.#options.initCommand, abortSignal);
    } catch (error) {
      await sandbox.remove().catch(() => {});
      throw error;
    }
    this.#live.add(instance.id);
    void sandbox.lost.then(() => this.#live.delete(instance.id));
    onProgress?.({ phase: 'ready', message: `The pod ${instance.name} is ready.` });
    return sandbox;
  }

  /**
   * Removes what a failed start has made. A request that is still on its way is waited for, for a moment here and
   * else in the background; what cannot be removed now the lease removes later.
   */
  async #cleanUp(starting: Promise<PodSandbox>, instance: Instance): Promise<void> {
    const removed = starting.then(
      (sandbox) => (sandbox.id === instance.id ? sandbox.remove() : sandbox.leave()),
      () => deleteAttempt(this.client, instance),
    );
    await Promise.race([removed.catch(() => {}), pause(CLEAN_UP_MS)]);
  }

  async #learnVersion(abortSignal: AbortSignal): Promise<void> {
    this.#version ??= await serverVersion(this.client, abortSignal);
  }

  /** What the pod says of itself counts, also where this provider's options differ. */
  #open(id: string, pod: V1Pod): PodSandbox {
    const { name = '', uid = '', ownerReferences = [] } = pod.metadata ?? {};
    const { image = this.#options.image, workingDir = this.#options.workspacePath } = containerSpecOf(pod) ?? {};
    const limits = readLimits(pod, this.#options.limits);
    const leaseUid = ownerReferences.find(({ kind }) => kind === 'Job')?.uid;
    const isKept = (): boolean => this.leavesPods && this.#left.add(sandbox) !== undefined;
    const sandbox = new PodSandbox({
      client: this.client,
      id,
      known: pod,
      identity: { namespace: this.namespace, name, uid, leaseUid, expiresMs: infoOf(pod).expiresMs },
      description: describePod({ ...this.#options, image, workspacePath: workingDir, limits }),
      limits,
      workspace: workingDir,
      graceMs: this.#options.graceMs,
      isKept,
    });
    return sandbox;
  }
}
