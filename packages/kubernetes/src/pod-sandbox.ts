import type { V1Pod } from '@kubernetes/client-node';
import { ExecSandbox, type Limits, type LossExplanation } from '@sandpod/core';
import type { KubeClient } from './client/kube-client.ts';
import { KubeError } from './client/kube-error.ts';
import { pause } from './client/pause.ts';
import { PodExecTransport } from './client/pod-exec-transport.ts';
import { RESOURCE } from './client/resources.ts';
import { watchObject } from './client/watch-objects.ts';
import { deleteSandbox } from './pod/delete-sandbox.ts';
import { deleted, explainLoss, lossOf, type PodIdentity } from './pod/explain-loss.ts';
import { POD_CAPABILITIES } from './pod-capabilities.ts';
import { CONTAINER } from './spec/pod-spec.ts';

export interface PodSandboxOptions {
  readonly client: KubeClient;
  readonly id: string;
  /** The pod as it was a moment ago. */
  readonly known: V1Pod;
  readonly identity: PodIdentity & { readonly leaseUid: string | undefined };
  readonly description: string;
  readonly limits: Limits;
  readonly workspace: string;
  readonly graceMs: number;
}

/** Milliseconds between the end of a pod and that of its sandbox, in which runs learn what ended them. */
const LAST_WORDS_MS = 200;
/** Milliseconds before a pod is watched again after the API server could not be reached. */
const WATCH_AGAIN_MS = 2_000;
/** The unit of `ulimit -f`. */
const BLOCK_BYTES = 512;

/** A running pod as a sandbox. Its provider makes it; disposing of it removes everything that belongs to it. */
export class PodSandbox extends ExecSandbox {
  readonly podName: string;
  readonly namespace: string;
  readonly #client: KubeClient;
  readonly #transport: PodExecTransport;
  readonly #identity: PodIdentity;
  readonly #watching: AbortController;
  readonly #loss: { known?: LossExplanation };

  constructor(options: PodSandboxOptions) {
    const { client, identity, known: _, ...rest } = options;
    const { namespace, name } = identity;
    const transport = new PodExecTransport(client, { namespace, pod: name, container: CONTAINER });
    const watching = new AbortController();
    const loss: { known?: LossExplanation } = {};
    super({
      ...rest,
      capabilities: POD_CAPABILITIES,
      transport,
      // The volume's own limit is enforced late, by eviction; one file at least is bounded at once.
      ulimits: { f: Math.ceil(rest.limits.workspaceBytes / BLOCK_BYTES) },
      explainLoss: async () => loss.known ?? explainLoss(client, identity),
      destroy: async () => {
        watching.abort();
        await deleteSandbox(client, identity);
      },
    });
    this.podName = name;
    this.namespace = namespace;
    this.#client = client;
    this.#transport = transport;
    this.#identity = identity;
    this.#watching = watching;
    this.#loss = loss;
    this.#watch(options.known).catch(() => {});
  }

  /** Until the pod has ended, however long the API server may be away. */
  async #watch(pod: V1Pod): Promise<void> {
    const { signal } = this.#watching;
    for (let known: V1Pod | undefined = pod; ; known = undefined) {
      try {
        return await this.#follow(known);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof KubeError && !error.isRetryable) throw error;
        await pause(WATCH_AGAIN_MS, signal);
      }
    }
  }

  async #follow(known: V1Pod | undefined): Promise<void> {
    const { name, namespace, uid } = this.#identity;
    const { signal: abortSignal } = this.#watching;
    for await (const state of watchObject<V1Pod>(this.#client, { call: { ...RESOURCE.pods, namespace, name }, known, abortSignal })) {
      const loss = state.type === 'gone' ? deleted(name) : lossOf(state.object, uid);
      if (loss !== undefined) return this.#end(loss.isFinal ? loss : ((await explainLoss(this.#client, this.#identity)) ?? loss));
    }
  }

  /** Streams of a deleted pod can stay open for ever; closing them lets each run end with the cluster's reason. */
  #end(loss: LossExplanation): void {
    this.#loss.known = loss;
    this.#transport.break(new Error(loss.reason));
    setTimeout(() => this.markLost(loss.reason), LAST_WORDS_MS).unref();
  }
}
