import type { V1Pod } from '@kubernetes/client-node';
import { ExecSandbox, type Limits } from '@sandpod/core';
import type { KubeClient } from './client/kube-client.ts';
import { PodExecTransport } from './client/pod-exec-transport.ts';
import { RESOURCE } from './client/resources.ts';
import { watchObject } from './client/watch-objects.ts';
import { deleteSandbox } from './pod/delete-sandbox.ts';
import { explainLoss, lossOf } from './pod/explain-loss.ts';
import { POD_CAPABILITIES } from './pod-capabilities.ts';
import type { Instance } from './spec/lease-job.ts';
import { CONTAINER } from './spec/pod-spec.ts';

export interface PodSandboxOptions {
  readonly client: KubeClient;
  readonly instance: Instance & { readonly uid: string };
  readonly description: string;
  readonly limits: Limits;
  readonly workspace: string;
  readonly graceMs: number;
}

/** A running pod as a sandbox. Its provider makes it; disposing of it removes everything that belongs to it. */
export class PodSandbox extends ExecSandbox {
  readonly podName: string;
  readonly namespace: string;
  readonly #client: KubeClient;
  readonly #instance: Instance & { readonly uid: string };
  readonly #watching = new AbortController();

  constructor(options: PodSandboxOptions) {
    const { client, instance, ...rest } = options;
    super({
      ...rest,
      id: instance.id,
      capabilities: POD_CAPABILITIES,
      transport: new PodExecTransport(client, { namespace: instance.namespace, pod: instance.name, container: CONTAINER }),
      explainLoss: () => explainLoss(client, instance),
      destroy: async () => {
        this.#watching.abort();
        await deleteSandbox(client, instance);
      },
    });
    this.podName = instance.name;
    this.namespace = instance.namespace;
    this.#client = client;
    this.#instance = instance;
    this.#watch().catch(() => {});
  }

  async #watch(): Promise<void> {
    const { name, namespace, uid } = this.#instance;
    for await (const state of watchObject<V1Pod>(this.#client, { call: { ...RESOURCE.pods, namespace, name }, abortSignal: this.#watching.signal })) {
      const reason = state.type === 'gone' || state.object.metadata?.uid !== uid ? `The pod ${name} was deleted.` : lossOf(state.object)?.reason;
      if (reason === undefined) continue;
      this.markLost(reason);
      return;
    }
  }
}
