import { randomBytes } from 'node:crypto';
import { type ClaimOptions, SandpodError } from '@sandpod/core';
import { ANNOTATION, LABEL } from '../manifest/labels.ts';
import type { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { notFound } from './attach-sandbox.ts';
import { checkPodDeadline } from './check-pod-deadline.ts';
import { type Lease, listLeases } from './leases.ts';
import { findRunning } from './list-sandboxes.ts';
import type { Machinery } from './machinery.ts';
import { openSandbox } from './open-sandbox.ts';
import { deadlineSeconds, patchLease } from './patch-lease.ts';
import { releaseName, reserveName } from './reserve-name.ts';

/**
 * Claims a sandbox that has no owner. Returns undefined if another process claimed it first.
 *
 * @throws {SandpodError} `sandbox-not-found`, `sandbox-exists`.
 */
export async function claimSandbox(machinery: Machinery, options: ClaimOptions): Promise<PodSandbox | undefined> {
  const { client, namespace } = machinery;
  const { id, expiresInMs, abortSignal } = options;
  const lease = await findLease(machinery, options);
  if (!lease.isClaimable) return undefined;
  const found = await findRunning(client, { namespace, id, abortSignal });
  if (found === undefined) throw notFound(namespace, { id });
  if (expiresInMs !== undefined) {
    const { objectName: name } = found.lease;
    await checkPodDeadline(client, { namespace, name, uid: found.pod.metadata?.uid ?? '', expiresInMs, abortSignal });
  }
  const claimed = await takeNamed(machinery, { ...options, lease: found.lease });
  if (claimed === undefined) return undefined;
  const sandbox = openSandbox(machinery, { pod: found.pod, lease: claimed, leftovers: 'end' });
  try {
    await sandbox.warm(abortSignal);
    await sandbox.endProcesses({ abortSignal });
    return sandbox;
  } catch (error) {
    await sandbox[Symbol.asyncDispose]().catch(() => {});
    throw error;
  }
}

type Claim = ClaimOptions & { readonly lease: Lease };

async function takeNamed(machinery: Machinery, claim: Claim): Promise<Lease | undefined> {
  const { lease, id, name: sandboxName, abortSignal } = claim;
  const attempt = randomBytes(8).toString('hex');
  if (sandboxName === undefined) return take(machinery, { ...claim, attempt });
  try {
    await reserveName(machinery, { sandboxName, id, lease, attempt, abortSignal });
  } catch (error) {
    // Another process is claiming the same sandbox under the same name.
    if (SandpodError.isInstance(error) && error.details?.['leaseUid'] === lease.uid) return undefined;
    throw error;
  }
  const taken = await take(machinery, { ...claim, attempt }).catch(async (error: unknown) => {
    await releaseName(machinery, { sandboxName, attempt }).catch(() => {});
    throw error;
  });
  if (taken === undefined) await releaseName(machinery, { sandboxName, attempt });
  return taken;
}

/**
 * Patches the lease of an unclaimed sandbox. If several processes try at once, the server accepts exactly one claim. Returns undefined for
 * the other claims.
 */
async function take(machinery: Machinery, claim: Claim & { readonly attempt: string }): Promise<Lease | undefined> {
  const { client, namespace } = machinery;
  const { name, expiresInMs, attempt, abortSignal } = claim;
  for (let { lease } = claim; ; lease = await findLease(machinery, claim)) {
    // An earlier patch for this claim succeeded, but the response was lost.
    if (lease.claim === attempt) return lease;
    if (!lease.isClaimable) return undefined;
    const metadata = {
      labels: { [LABEL.claimable]: null, ...(name === undefined ? {} : { [LABEL.name]: name }) },
      annotations: { [ANNOTATION.claim]: attempt },
    };
    const spec = expiresInMs === undefined ? undefined : { activeDeadlineSeconds: deadlineSeconds(client, { lease, expiresInMs }) };
    const patched = await patchLease(client, { namespace, lease, metadata, spec, abortSignal });
    if (patched !== undefined) return patched;
  }
}

async function findLease({ client, namespace }: Machinery, { id, abortSignal }: ClaimOptions): Promise<Lease> {
  const lease = (await listLeases(client, { namespace, id, abortSignal })).find(({ isEnding }) => !isEnding);
  if (lease === undefined) throw notFound(namespace, { id });
  return lease;
}
