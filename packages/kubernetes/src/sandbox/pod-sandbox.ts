import type { V1Pod } from '@kubernetes/client-node';
import { ExecSandbox, type Limits, type LossExplanation } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { KubeError } from '../client/kube-error.ts';
import { pause } from '../client/pause.ts';
import { PodExecTransport } from '../client/pod-exec-transport.ts';
import { RESOURCE } from '../client/resources.ts';
import { watchObject } from '../client/watch-objects.ts';
import { deleteSandbox } from '../lifecycle/delete-sandbox.ts';
import { releaseLease } from '../lifecycle/release-lease.ts';
import { containerNameOf } from '../manifest/pod-spec.ts';
import { deleted, explainLoss, lossOf, type PodIdentity } from './explain-loss.ts';
import { POD_CAPABILITIES } from './pod-capabilities.ts';

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
  /** Asked when the sandbox is disposed of. True: what runs is ended, but the pod stays. */
  readonly isKept: () => boolean;
}

/** Milliseconds between the end of a pod and that of its sandbox, in which runs learn what ended them. */
const LAST_WORDS_MS = 200;
/** Milliseconds before a pod is watched again after the API server could not be reached. */
const WATCH_AGAIN_MS = 2_000;
/** What the API server reports when its connection to the node breaks; a launcher ends itself with this code only after it has told how its program ended. */
const NODE_LOST_EXIT_CODE = 0;
const NODE_LOST: LossExplanation = {
  outcome: 'transport',
  reason: 'The connection between the API server and the node was lost. How the program ended is not known.',
};
/** The unit of `ulimit -f`. */
const BLOCK_BYTES = 512;

/** A running pod as a sandbox. Its provider makes it; disposing of it removes everything that belongs to it. */
export class PodSandbox extends ExecSandbox {
  readonly podName: string;
  readonly namespace: string;
  readonly #client: KubeClient;
  readonly #transport: PodExecTransport;
  readonly #identity: PodSandboxOptions['identity'];
  readonly #watching: AbortController;
  readonly #loss: { known?: LossExplanation };
  readonly #removal: { isForced: boolean; isForbidden: boolean; isDone: boolean };

  constructor(options: PodSandboxOptions) {
    const { client, identity, known: _, isKept, ...rest } = options;
    const { namespace, name } = identity;
    const transport = new PodExecTransport(client, { namespace, pod: name, container: containerNameOf(options.known) });
    const watching = new AbortController();
    const loss: { known?: LossExplanation } = {};
    const removal = { isForced: false, isForbidden: false, isDone: false };
    super({
      ...rest,
      capabilities: POD_CAPABILITIES,
      transport,
      // In the node's process namespace, the processes of all other containers have no mark of ours either.
      ownsProcesses: options.known.spec?.hostPID !== true,
      // The volume's own limit is enforced late, by eviction; one file at least is bounded at once.
      ulimits: { f: Math.ceil(rest.limits.workspaceBytes / BLOCK_BYTES) },
      explainLoss: async ({ exitCode }) =>
        loss.known ?? (await explainLoss(client, identity)) ?? (exitCode === NODE_LOST_EXIT_CODE ? NODE_LOST : undefined),
      destroy: async () => {
        watching.abort();
        if (removal.isForbidden || (!removal.isForced && loss.known === undefined && isKept())) return;
        await deleteSandbox(client, identity);
        removal.isDone = true;
      },
    });
    this.podName = name;
    this.namespace = namespace;
    this.#client = client;
    this.#transport = transport;
    this.#identity = identity;
    this.#watching = watching;
    this.#loss = loss;
    this.#removal = removal;
    this.#watch(options.known).catch(() => {});
  }

  /** Ends what runs here, and leaves the pod to others. */
  async leave(): Promise<void> {
    this.#removal.isForbidden = true;
    await this[Symbol.asyncDispose]();
  }

  /** Removes the pod, also where disposing leaves it. */
  async remove(): Promise<void> {
    Object.assign(this.#removal, { isForced: true, isForbidden: false });
    await this[Symbol.asyncDispose]();
    if (!this.#removal.isDone) await deleteSandbox(this.#client, this.#identity);
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
    const { name, namespace } = this.#identity;
    const { signal: abortSignal } = this.#watching;
    for await (const state of watchObject<V1Pod>(this.#client, { call: { ...RESOURCE.pods, namespace, name }, known, abortSignal })) {
      const loss = state.type === 'gone' ? deleted(this.#identity) : lossOf(state.object, this.#identity);
      if (loss !== undefined) return this.#end(loss.isFinal ? loss : ((await explainLoss(this.#client, this.#identity)) ?? loss));
    }
  }

  /** Streams of a deleted pod can stay open for ever; closing them lets each run end with the cluster's reason. */
  #end(loss: LossExplanation): void {
    this.#loss.known = loss;
    void releaseLease(this.#client, this.#identity).catch(() => {});
    this.#transport.break(new Error(loss.reason));
    setTimeout(() => this.markLost(loss.reason), LAST_WORDS_MS).unref();
  }
}
