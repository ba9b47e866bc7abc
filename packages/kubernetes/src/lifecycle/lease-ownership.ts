import type { V1PodList } from '@kubernetes/client-node';
import type { KubeClient } from '../client/kube-client.ts';
import { RESOURCE } from '../client/resources.ts';
import type { Ownership } from '../sandbox/ownership.ts';
import { deleteSandbox, type SandboxObjects } from './delete-sandbox.ts';

/** Ownership by a lease Job: the cluster removes a sandbox's objects with the lease. */
export class LeaseOwnership implements Ownership {
  readonly #client: KubeClient;
  readonly #objects: SandboxObjects;

  constructor(client: KubeClient, objects: SandboxObjects) {
    this.#client = client;
    this.#objects = objects;
  }

  async release(): Promise<void> {
    await deleteSandbox(this.#client, this.#objects);
  }

  /** A pod that ended otherwise stays, so that people can look at it. */
  async releaseDeleted(): Promise<void> {
    const { namespace, name, uid } = this.#objects;
    const call = { ...RESOURCE.pods, verb: 'list', namespace } as const;
    const { items } = await this.#client.json<V1PodList>({ call, query: { fieldSelector: `metadata.name=${name}` } });
    const isThere = items.some(({ metadata }) => metadata?.uid === uid && metadata?.deletionTimestamp === undefined);
    if (!isThere) await deleteSandbox(this.#client, { ...this.#objects, uid: undefined });
  }
}
