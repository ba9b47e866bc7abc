import type { V1Pod } from '@kubernetes/client-node';
import { ProcessLost, SandpodError } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import { pause } from '../client/pause.ts';
import { ANNOTATION } from '../manifest/labels.ts';
import type { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { deleteAttempt, deleteSandbox, uidsOf } from './delete-sandbox.ts';
import { findLiving } from './find-living.ts';
import { freeName } from './free-name.ts';
import type { Lease } from './leases.ts';
import { type LeasedPod, withLease } from './list-sandboxes.ts';
import type { Machinery } from './machinery.ts';
import { type MakeOptions, makeSandbox } from './make-sandbox.ts';
import { openSandbox } from './open-sandbox.ts';
import { patchLease } from './patch-lease.ts';
import { awaitInitCommand } from './run-init-command.ts';

/**
 * The number of attempts to take over a pod. Each takeover by another process ends everything that runs in the pod, so an attempt may fail.
 */
const TRIES = 8;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Uses the live pod that has the name, or creates this pod. If several processes try at the same time, one process creates the pod and the
 * others use it.
 */
export async function useAgain(machinery: Machinery, making: MakeOptions): Promise<PodSandbox> {
  const { client, namespace, options: pod } = machinery;
  const { instance, abortSignal } = making;
  const named = { namespace, name: instance.name, pod, abortSignal };
  for (let tries = 1; ; ) {
    const living = await findLiving(client, named);
    if (living === undefined) {
      const sandbox = await makeUnlessTaken(machinery, making);
      if (sandbox !== undefined) return sandbox;
      await deleteAttempt(client, instance);
      await freeName(client, named);
      continue;
    }
    try {
      const sandbox = await takeOver(machinery, { ...making, living });
      if (sandbox !== undefined) return sandbox;
    } catch (error) {
      if (tries === TRIES || !wasInterrupted(error)) throw error;
      tries += 1;
      await pause(Math.random() * LONGEST_PAUSE_MS, abortSignal);
    }
  }
}

/** Creates the sandbox, or returns undefined if another process has taken the name. */
async function makeUnlessTaken(machinery: Machinery, making: MakeOptions): Promise<PodSandbox | undefined> {
  try {
    return await makeSandbox(machinery, making);
  } catch (error) {
    const isTaken = SandpodError.isInstance(error) && error.code === 'sandbox-exists' && error.details?.['leaseUid'] === undefined;
    if (isTaken) return undefined;
    throw error;
  }
}

/** Returns true if a start failed because its processes or connections were ended. */
function wasInterrupted(error: unknown): boolean {
  if (ProcessLost.isInstance(error)) return true;
  return SandpodError.isInstance(error) && (error.code === 'transport' || error.code === 'sandbox-ended');
}

/** Takes over a pod, and ends everything that an earlier owner left running in it. Returns undefined if the pod cannot be used. */
async function takeOver(machinery: Machinery, making: MakeOptions & { readonly living: V1Pod }): Promise<PodSandbox | undefined> {
  const { client, namespace, options } = machinery;
  const { living, onProgress, abortSignal } = making;
  const found = await withLease(client, { namespace, pod: living, abortSignal });
  // The cluster is about to delete a pod that has no lease.
  if (found === undefined) {
    await deleteSandbox(client, { namespace, name: making.instance.name, ...uidsOf(living) });
    return undefined;
  }
  refuseOtherName(found, making.name);
  const sandbox = openSandbox(machinery, { ...found, leftovers: 'end' });
  try {
    if (!(await awaitInitCommand(sandbox, options.initCommand, abortSignal))) {
      await sandbox[Symbol.asyncDispose]();
      return undefined;
    }
    await recordOwner(machinery, { lease: found.lease, attempt: making.instance.attempt, abortSignal });
    await sandbox.endProcesses({ abortSignal });
    await prove(machinery, { sandbox, abortSignal });
  } catch (error) {
    await sandbox.detach({ leftovers: 'keep' }).catch(() => {});
    throw error;
  }
  onProgress?.({ phase: 'ready', message: `The pod ${sandbox.podName} was already running.` });
  return sandbox;
}

/** Records the new owner in the lease, so that an earlier owner whose start fails does not remove the pod. */
async function recordOwner(
  { client, namespace }: Machinery,
  owner: { readonly lease: Lease; readonly attempt: string; readonly abortSignal: AbortSignal },
): Promise<void> {
  const { objectName, uid } = owner.lease;
  const metadata = { annotations: { [ANNOTATION.claim]: owner.attempt } };
  await patchLease(client, { namespace, lease: { objectName, uid }, metadata, abortSignal: owner.abortSignal });
}

async function prove(
  { client, network, version }: Machinery,
  { sandbox, abortSignal }: { readonly sandbox: PodSandbox; readonly abortSignal: AbortSignal },
): Promise<void> {
  const policy = network.close();
  await Promise.all([sandbox.warm(abortSignal), version.learn(client, abortSignal), abortable(policy, abortSignal)]);
  await network.prove(sandbox, { policy, abortSignal });
}

function refuseOtherName({ pod, lease }: LeasedPod, wanted: string | undefined): void {
  if (wanted === undefined || wanted === lease.sandboxName) return;
  const which = lease.sandboxName === undefined ? 'a sandbox without a name' : `the sandbox ${lease.sandboxName}`;
  const message = `The pod ${pod.metadata?.name} belongs to ${which}, not to ${wanted}.`;
  throw new SandpodError({ code: 'sandbox-exists', message, advice: 'Remove the pod, with stop() or kubectl, or choose another podName.' });
}
