import type {
  AttachOptions,
  CreateOptions,
  Description,
  SandboxCapabilities,
  SandboxInfo,
  SandboxProvider,
  SweepOptions,
  SweepReport,
} from '@sandpod/core';
import { validateAttachOptions, validateCreateOptions } from '@sandpod/core/backend';
import { KubeClient } from '../client/kube-client.ts';
import { loadKubeSettings } from '../client/kube-settings.ts';
import { checkServiceAddress } from '../options/check-service-address.ts';
import type { PodSandboxProviderOptions } from '../options/pod-options.ts';
import { checkNamespace, resolvePodOptions } from '../options/resolve-pod-options.ts';
import { NetworkClosure } from '../sandbox/network-closure.ts';
import { POD_CAPABILITIES } from '../sandbox/pod-capabilities.ts';
import type { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { attachSandbox } from './attach-sandbox.ts';
import { ensurePolicy } from './create-objects.ts';
import { createSandbox } from './create-sandbox.ts';
import { describeProvider } from './describe-provider.ts';
import { removeNamed } from './find-named.ts';
import { infoOf, listPods } from './list-pods.ts';
import type { Machinery } from './machinery.ts';
import { ServerVersion } from './server-version.ts';
import { sweepSandboxes } from './sweep-sandboxes.ts';

/** Creates hardened pods, each owned by a lease. Building a provider reads the configuration and connects to nothing. */
export class PodSandboxProvider implements SandboxProvider, Disposable {
  readonly name = 'pod';
  readonly capabilities: SandboxCapabilities = POD_CAPABILITIES;
  readonly namespace: string;
  readonly client: KubeClient;
  /** Whether disposing of a sandbox leaves its pod running; at first what `autoRemove` says. */
  leavesPods: boolean;
  readonly #machinery: Machinery;
  readonly #left = new Set<PodSandbox>();

  /** @throws {SandpodError} `invalid-options`, also when no configuration of a cluster is found. */
  constructor(options: PodSandboxProviderOptions = {}) {
    const resolved = resolvePodOptions(options);
    const client = new KubeClient(loadKubeSettings(options), resolved);
    const namespace = resolved.namespace ?? client.settings.namespace ?? 'default';
    checkNamespace(resolved, namespace);
    checkServiceAddress(resolved);
    this.client = client;
    this.namespace = namespace;
    this.leavesPods = !resolved.autoRemove;
    this.#machinery = {
      client,
      namespace,
      options: resolved,
      network: new NetworkClosure({ network: resolved.network, ensurePolicy: () => ensurePolicy(client, namespace) }),
      version: new ServerVersion(),
      workdirs: new Map(),
      usable: new Set(),
      isKept: (sandbox) => this.leavesPods && this.#left.add(sandbox) !== undefined,
    };
  }

  async create(options: CreateOptions = {}): Promise<PodSandbox> {
    return createSandbox(this.#machinery, validateCreateOptions(options));
  }

  async attach(options: AttachOptions): Promise<PodSandbox> {
    return attachSandbox(this.#machinery, validateAttachOptions(options));
  }

  async *list(): AsyncIterable<SandboxInfo> {
    for (const pod of await listPods(this.client, { namespace: this.namespace })) {
      const info = infoOf(pod);
      yield info.state === 'starting' && this.#machinery.usable.has(info.id) ? { ...info, state: 'running' } : info;
    }
  }

  sweep(options: SweepOptions = {}): Promise<SweepReport> {
    return sweepSandboxes(this.client, { ...options, namespace: this.namespace });
  }

  describe(): Description {
    const { settings, warnings } = this.client;
    const { options, version, network } = this.#machinery;
    return describeProvider(options, { settings, namespace: this.namespace, version: version.known, proof: network.proof, warnings });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this[Symbol.dispose]();
  }

  /** Closes idle connections. Sandboxes that are left stay until they expire. */
  [Symbol.dispose](): void {
    this.client[Symbol.dispose]();
  }

  /** Removes what `leavesPods` has left, and the pod that has the name of the options. */
  async removeLeft(abortSignal: AbortSignal = new AbortController().signal): Promise<void> {
    await Promise.all([...this.#left].map((sandbox) => sandbox.remove()));
    this.#left.clear();
    const { podName: name, autoRemove } = this.#machinery.options;
    if (!autoRemove && name !== undefined) await removeNamed(this.client, { namespace: this.namespace, name, abortSignal });
  }
}
