import type { V1Pod } from '@kubernetes/client-node';
import type { SandboxInfo } from '@sandpod/core';
import { deadlineOf, endedReason, isRunning } from '../sandbox/pod-status.ts';
import type { Lease } from './leases.ts';

/** Creates a sandbox's entry for `list()`. The claim, the name and the expiry can change, so they are read from the lease. */
export function sandboxInfo(pod: V1Pod, lease: Lease): SandboxInfo {
  const { id, sandboxName, labels, isClaimable } = lease;
  const expiresMs = Math.min(lease.expiresMs ?? Number.POSITIVE_INFINITY, deadlineOf(pod) ?? Number.POSITIVE_INFINITY);
  return {
    id,
    ...(sandboxName === undefined ? {} : { name: sandboxName }),
    labels,
    isClaimable,
    createdMs: createdMs(pod),
    ...(Number.isFinite(expiresMs) ? { expiresMs } : {}),
    state: stateOf(pod),
  };
}

/** Returns the time at which the pod was created, in milliseconds since the epoch, according to the server's clock. */
export function createdMs({ metadata }: V1Pod): number {
  return new Date(metadata?.creationTimestamp ?? 0).getTime();
}

export function stateOf(pod: V1Pod): 'starting' | 'running' | 'ended' {
  if (isRunning(pod)) return 'running';
  return endedReason(pod) === undefined ? 'starting' : 'ended';
}
