import type { V1Pod } from '@kubernetes/client-node';
import type { Limits } from '@sandpod/core';
import { ExecSandbox, type LossExplanation } from '@sandpod/launcher';
import type { KubeClient } from '../client/kube-client.ts';
import { PodExecTransport } from '../client/pod-exec-transport.ts';
import { containerNameOf } from '../manifest/sandbox-container.ts';
import { explainLoss, type PodIdentity } from './explain-loss.ts';
import type { Ownership } from './ownership.ts';
import { POD_CAPABILITIES } from './pod-capabilities.ts';
import { watchPod } from './watch-pod.ts';

export interface PodSandboxOptions {
  readonly client: KubeClient;
  readonly id: string;
  /** The pod as it was a moment ago. */
  readonly known: V1Pod;
  readonly identity: PodIdentity;
  readonly ownership: Ownership;
  readonly description: string;
  readonly limits: Limits;
  readonly workspace: string;
  readonly graceMs: number;
  /** Asked when the sandbox is disposed of. True: what runs is ended, but the pod stays. */
  readonly isKept: () => boolean;
}

/** Milliseconds between the end of a pod and that of its sandbox, in which runs learn what ended them. */
const LAST_WORDS_MS = 200;
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
  readonly #ownership: Ownership;
  readonly #transport: PodExecTransport;
  readonly #loss: { known?: LossExplanation };
  readonly #removal: { isForced: boolean; isForbidden: boolean; isDone: boolean };

  constructor(options: PodSandboxOptions) {
    const { client, identity, ownership, known, isKept, ...rest } = options;
    const { namespace, name } = identity;
    const transport = new PodExecTransport(client, { namespace, pod: name, container: containerNameOf(known) });
    const watching = new AbortController();
    const loss: { known?: LossExplanation } = {};
    const removal = { isForced: false, isForbidden: false, isDone: false };
    super({
      ...rest,
      capabilities: POD_CAPABILITIES,
      transport,
      // In the node's process namespace, the processes of all other containers have no mark of ours either.
      ownsProcesses: known.spec?.hostPID !== true,
      // The volume's own limit is enforced late, by eviction; one file at least is bounded at once.
      ulimits: { f: Math.ceil(rest.limits.workspaceBytes / BLOCK_BYTES) },
      explainLoss: async ({ exitCode }) =>
        loss.known ?? (await explainLoss(client, identity)) ?? (exitCode === NODE_LOST_EXIT_CODE ? NODE_LOST : undefined),
      destroy: async () => {
        watching.abort();
        if (removal.isForbidden || (!removal.isForced && loss.known === undefined && isKept())) return;
        await ownership.release();
        removal.isDone = true;
      },
    });
    this.podName = name;
    this.namespace = namespace;
    this.#ownership = ownership;
    this.#transport = transport;
    this.#loss = loss;
    this.#removal = removal;
    watchPod(client, { identity, known, abortSignal: watching.signal }).then(
      (end) => this.#end(end),
      () => {},
    );
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
    if (!this.#removal.isDone) await this.#ownership.release();
  }

  /** Streams of a deleted pod can stay open for ever; closing them lets each run end with the cluster's reason. */
  #end(loss: LossExplanation): void {
    this.#loss.known = loss;
    void this.#ownership.releaseDeleted().catch(() => {});
    this.#transport.break(new Error(loss.reason));
    setTimeout(() => this.markLost(loss.reason), LAST_WORDS_MS).unref();
  }
}
