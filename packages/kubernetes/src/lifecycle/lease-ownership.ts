import { setTimeout as wait } from 'node:timers/promises';
import type { V1PodList } from '@kubernetes/client-node';
import { type ExtendOptions, SandpodError } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { RESOURCE } from '../client/resources.ts';
import { withinSilence } from '../client/within-silence.ts';
import type { Ownership } from '../sandbox/ownership.ts';
import { checkPodDeadline } from './check-pod-deadline.ts';
import { deleteSandbox, removal } from './delete-sandbox.ts';
import { type Lease, listLeases } from './leases.ts';
import { deadlineSeconds, patchLease } from './patch-lease.ts';

/** Milliseconds within which the cluster removes a pod after its expiry. */
const LATE_MS = 3_000;
/** The longest delay that a timer supports, in milliseconds. */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** The number of attempts to patch a lease. The job controller and other processes may change it at the same time. */
const PATCHES = 10;

export interface LeaseOwnershipOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly podUid: string;
  readonly lease: Lease;
}

/** Ownership by a lease Job. When the lease is removed, the cluster also removes the sandbox's objects. */
export class LeaseOwnership implements Ownership {
  readonly #options: LeaseOwnershipOptions;
  #lease: Lease;
  #isGone = false;

  constructor(options: LeaseOwnershipOptions) {
    this.#options = options;
    this.#lease = options.lease;
  }

  async release(): Promise<void> {
    const { client, podUid } = this.#options;
    const { name, ...objects } = this.#objects();
    await withinSilence(client, removal(name), (abortSignal) => deleteSandbox(client, { ...objects, name, uid: podUid, abortSignal }));
  }

  /**
   * Removes the lease of a pod that was deleted. Keeps the lease if the pod has ended but still exists, so that people can inspect the pod.
   */
  async releaseDeleted(): Promise<void> {
    const { client, namespace, podUid } = this.#options;
    const call = { ...RESOURCE.pods, verb: 'list', namespace } as const;
    const { items } = await client.json<V1PodList>({ call, query: { fieldSelector: `metadata.name=${this.#lease.objectName}` } });
    const isThere = items.some(({ metadata }) => metadata?.uid === podUid && metadata?.deletionTimestamp === undefined);
    if (!isThere) await deleteSandbox(client, { ...this.#objects(), uid: undefined });
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  remainingMs(): number {
    const { expiresMs = Number.POSITIVE_INFINITY } = this.#lease;
    return expiresMs - this.#options.client.serverTimeMs();
  }

  async refresh(abortSignal?: AbortSignal): Promise<void> {
    await this.#read(abortSignal);
  }

  async extend({ expiresInMs, abortSignal }: ExtendOptions): Promise<void> {
    const { client, namespace, podUid } = this.#options;
    await checkPodDeadline(client, { namespace, name: this.#lease.objectName, uid: podUid, expiresInMs, abortSignal });
    for (let count = 0; count < PATCHES; count += 1) {
      const lease = await this.#read(abortSignal);
      if (lease === undefined) throw ended(this.#lease);
      const spec = { activeDeadlineSeconds: deadlineSeconds(client, { lease, expiresInMs }) };
      const patched = await patchLease(client, { namespace, lease, spec, abortSignal });
      if (patched === undefined) continue;
      this.#lease = patched;
      return;
    }
    throw busy(this.#lease);
  }

  async follow(abortSignal: AbortSignal): Promise<void> {
    for (;;) {
      const waitMs = Math.max(this.remainingMs(), 0) + LATE_MS;
      await wait(Math.min(waitMs, MAX_TIMER_MS), undefined, { signal: abortSignal, ref: false });
      // The pod has outlived the last known expiry, which may have been extended.
      if (this.remainingMs() <= 0 && (await this.#read(abortSignal)) === undefined) return;
    }
  }

  /**
   * Reads the current lease. Returns undefined if it is gone or being deleted. The expiry of a lease that is being deleted is still
   * recorded.
   */
  async #read(abortSignal: AbortSignal | undefined): Promise<Lease | undefined> {
    const { client, namespace } = this.#options;
    const { id, uid } = this.#lease;
    const lease = (await listLeases(client, { namespace, id, abortSignal })).find((each) => each.uid === uid);
    if (lease !== undefined) this.#lease = lease;
    this.#isGone = lease === undefined || lease.isEnding;
    return this.#isGone ? undefined : lease;
  }

  #objects(): { readonly namespace: string; readonly name: string; readonly leaseUid: string } {
    return { namespace: this.#options.namespace, name: this.#lease.objectName, leaseUid: this.#lease.uid };
  }
}

function ended({ id }: Lease): SandpodError {
  const message = `The sandbox ${id} has ended: its lease is gone.`;
  return new SandpodError({ code: 'sandbox-ended', message, details: { id } });
}

function busy({ id, objectName }: Lease): SandpodError {
  const message = `The expiry of the sandbox ${id} could not be changed, because its lease ${objectName} kept changing.`;
  return new SandpodError({ code: 'transport', message, advice: 'Try again.', details: { id } });
}
