import type { V1Job } from '@kubernetes/client-node';
import type { KubeClient } from '../client/kube-client.ts';
import { KubeError } from '../client/kube-error.ts';
import { RESOURCE } from '../client/resources.ts';
import { type Lease, readLease } from './leases.ts';

export interface LeasePatch {
  readonly namespace: string;
  /** The expected state of the lease. If `resourceVersion` is not set, only the uid must match. */
  readonly lease: Pick<Lease, 'objectName' | 'uid'> & Partial<Pick<Lease, 'resourceVersion'>>;
  /** Members to change. Null removes a member. */
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string | null>>;
    readonly annotations?: Readonly<Record<string, string | null>>;
  };
  readonly spec?: { readonly activeDeadlineSeconds: number | null } | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * Changes a lease. Returns undefined if the lease has changed since it was read, or is gone. If several processes try at the same time,
 * only one of them succeeds.
 *
 * An abort does not interrupt the request, so that its effect is known.
 */
export async function patchLease(client: KubeClient, options: LeasePatch): Promise<Lease | undefined> {
  const { namespace, lease, metadata, spec, abortSignal } = options;
  const { objectName: name, uid, resourceVersion } = lease;
  const call = { ...RESOURCE.jobs, verb: 'patch', namespace, name } as const;
  const body = { metadata: { uid, resourceVersion, ...metadata }, ...(spec === undefined ? {} : { spec }) };
  try {
    return readLease(await client.json<V1Job>({ call, body, abortSignal, mustBeKnown: true }));
  } catch (error) {
    if (error instanceof KubeError && (error.status === 409 || error.status === 404)) return undefined;
    throw error;
  }
}

/** Returns the value of `activeDeadlineSeconds` with which a lease expires after `expiresInMs`; null means never. */
export function deadlineSeconds(
  client: KubeClient,
  { lease, expiresInMs }: { readonly lease: Lease; readonly expiresInMs: number | null },
): number | null {
  if (expiresInMs === null) return null;
  return Math.max(1, Math.ceil((client.serverTimeMs() - lease.startedMs + expiresInMs) / 1_000));
}
