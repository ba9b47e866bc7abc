import type {
  AttachOptions,
  ClaimOptions,
  CreateOptions,
  Description,
  ListOptions,
  SandboxCapabilities,
  SandboxInfo,
  SandboxProvider,
  SweepOptions,
  SweepReport,
} from '@sandpod/core';
import { validateAttachOptions, validateClaimOptions, validateCreateOptions, validateListOptions } from '@sandpod/core/backend';
import { KubeClient } from '../client/kube-client.ts';
import { loadKubeSettings } from '../client/kube-settings.ts';
import { withinSilence } from '../client/within-silence.ts';
import { checkNetwork, mayRedirectTest } from '../options/check-network.ts';
import type { PodSandboxProviderOptions } from '../options/pod-options.ts';
import { checkNamespace, resolvePodOptions } from '../options/resolve-pod-options.ts';
import { NetworkClosure } from '../sandbox/network-closure.ts';
import { POD_CAPABILITIES } from '../sandbox/pod-capabilities.ts';
import type { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { attachSandbox } from './attach-sandbox.ts';
import { claimSandbox } from './claim-sandbox.ts';
import { ensurePolicy } from './create-objects.ts';
import { createSandbox } from './create-sandbox.ts';
import { removal } from './delete-sandbox.ts';
import { describeProvider } from './describe-provider.ts';
import { removeNamed } from './find-named.ts';
import { readSandboxes } from './list-sandboxes.ts';
import type { Machinery } from './machinery.ts';
import { sandboxInfo } from './sandbox-info.ts';
import { ServerVersion } from './server-version.ts';
import { sweepSandboxes } from './sweep-sandboxes.ts';

/** Creates hardened pods, each owned by a lease. The constructor reads the configuration, but does not connect to the cluster. */
export class PodSandboxProvider implements SandboxProvider {
  readonly name = 'pod';
  readonly capabilities: SandboxCapabilities = POD_CAPABILITIES;
  readonly namespace: string;
  readonly client: KubeClient;
  readonly #machinery: Machinery;
  /** True if this provider created or claimed a sandbox without an expiry. */
  #hasEndless = false;

  /** @throws {SandpodError} `invalid-options`, for example if no cluster configuration is found. */
  constructor(options: PodSandboxProviderOptions = {}) {
    const resolved = resolvePodOptions(options);
    const client = new KubeClient(loadKubeSettings(options), resolved);
    const namespace = resolved.namespace ?? client.settings.namespace ?? 'default';
    checkNamespace(resolved, namespace);
    checkNetwork(resolved);
    this.client = client;
    this.namespace = namespace;
    this.#machinery = {
      client,
      namespace,
      options: resolved,
      network: new NetworkClosure({
        network: resolved.network,
        isProvable: !mayRedirectTest(resolved),
        ensurePolicy: () => ensurePolicy(client, namespace),
      }),
      version: new ServerVersion(),
      workdirs: new Map(),
      usable: new Set(),
    };
  }

  /**
   * Creates a sandbox. If `autoRemove` is false and an earlier owner kept a pod with the same `podName`, ends everything that runs in that
   * pod and reuses the pod.
   */
  async create(options: CreateOptions = {}): Promise<PodSandbox> {
    return createSandbox(this.#machinery, this.#noteExpiry(validateCreateOptions(options)));
  }

  async attach(options: AttachOptions): Promise<PodSandbox> {
    return attachSandbox(this.#machinery, validateAttachOptions(options));
  }

  async claim(options: ClaimOptions): Promise<PodSandbox | undefined> {
    return claimSandbox(this.#machinery, this.#noteExpiry(validateClaimOptions(options)));
  }

  async *list(options: ListOptions = {}): AsyncIterable<SandboxInfo> {
    const { client, namespace, usable } = this.#machinery;
    const { leased } = await readSandboxes(client, { ...validateListOptions(options), namespace });
    for (const { pod, lease } of leased) {
      const info = sandboxInfo(pod, lease);
      yield info.state === 'starting' && usable.has(info.id) ? { ...info, state: 'running' } : info;
    }
  }

  sweep(options: SweepOptions = {}): Promise<SweepReport> {
    return sweepSandboxes(this.client, { ...options, namespace: this.namespace });
  }

  describe(): Description {
    const { settings, warnings } = this.client;
    const { options: given, version, network } = this.#machinery;
    const options = this.#hasEndless ? { ...given, expiresInMs: null } : given;
    return describeProvider(options, { settings, namespace: this.namespace, version: version.known, proof: network.proof, warnings });
  }

  /** Removes a kept pod, even if another process created it. By default, removes the pod with the `podName` in the provider's options. */
  async removeKept(options: { readonly podName?: string | undefined; readonly abortSignal?: AbortSignal | undefined } = {}): Promise<void> {
    const { client, namespace } = this.#machinery;
    const { podName: name = this.#machinery.options.podName, abortSignal } = options;
    if (name === undefined) return;
    await withinSilence(client, { ...removal(name), abortSignal }, (signal) =>
      removeNamed(client, { namespace, name, abortSignal: signal }),
    );
  }

  /** Closes idle connections. Sandboxes stay until they are disposed of or expire. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.client[Symbol.dispose]();
  }

  #noteExpiry<Options extends Pick<CreateOptions, 'expiresInMs'>>(options: Options): Options {
    this.#hasEndless ||= options.expiresInMs === null;
    return options;
  }
}
