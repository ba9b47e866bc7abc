import type { V1Job } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { pause } from '../client/pause.ts';
import { RESOURCE } from '../client/resources.ts';
import { ANNOTATION } from '../manifest/labels.ts';
import { nameJob, nameJobName } from '../manifest/name-job.ts';
import { createObject } from './create-objects.ts';
import { deleteObject } from './delete-sandbox.ts';
import { findNamed } from './find-named.ts';
import { listLeases } from './leases.ts';
import type { Machinery } from './machinery.ts';

/** Milliseconds between two attempts to reserve a name whose last owner has just ended. */
const TRY_EVERY_MS = 100;
const TRIES = 50;

export interface NameRequest {
  readonly sandboxName: string;
  readonly id: string;
  readonly lease: { readonly objectName: string; readonly uid: string };
  /** Distinguishes this request from other requests for the same name. */
  readonly attempt: string;
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * Reserves a name for as long as the lease exists. If several processes try at the same time, only one of them succeeds.
 *
 * @throws {SandpodError} `sandbox-exists` if a live sandbox has the name. `details.leaseUid` is the uid of that sandbox's lease.
 */
export async function reserveName(machinery: Machinery, request: NameRequest): Promise<void> {
  const { client, namespace, options } = machinery;
  const { sandboxName, id, lease, attempt, abortSignal = new AbortController().signal } = request;
  const owner = { name: lease.objectName, uid: lease.uid };
  const body = nameJob(options, { namespace, sandboxName, id, lease: owner, attempt });
  for (let count = 0; count < TRIES; count += 1) {
    try {
      await createObject(client, { kind: 'jobs', body, abortSignal });
      return;
    } catch (error) {
      if (!(SandpodError.isInstance(error) && error.code === 'sandbox-exists')) throw error;
    }
    await freeReservation(client, { namespace, sandboxName, abortSignal });
    await pause(TRY_EVERY_MS, abortSignal);
  }
  throw taken(sandboxName, { namespace });
}

/**
 * Deletes a reservation whose lease is gone, without waiting until the cluster deletes it.
 *
 * @throws {SandpodError} `sandbox-exists` if the lease still exists.
 */
async function freeReservation(
  client: KubeClient,
  options: { readonly namespace: string; readonly sandboxName: string; readonly abortSignal: AbortSignal },
): Promise<void> {
  const { namespace, sandboxName, abortSignal } = options;
  const name = nameJobName(sandboxName);
  const reservation = await findNamed<V1Job>(client, { namespace, name, kind: 'jobs', abortSignal });
  if (reservation === undefined) return;
  const leaseUid = reservation.metadata?.ownerReferences?.[0]?.uid ?? '';
  const leases = await listLeases(client, { namespace, abortSignal });
  if (leases.some(({ uid, isEnding }) => uid === leaseUid && !isEnding)) throw taken(sandboxName, { namespace, leaseUid });
  await deleteObject(client, { call: { ...RESOURCE.jobs, verb: 'delete', namespace, name }, uid: reservation.metadata?.uid });
}

/** Releases a name that this request has reserved. */
export async function releaseName(
  machinery: Machinery,
  { sandboxName, attempt }: Pick<NameRequest, 'sandboxName' | 'attempt'>,
): Promise<void> {
  const { client, namespace } = machinery;
  const name = nameJobName(sandboxName);
  const reservation = await findNamed<V1Job>(client, { namespace, name, kind: 'jobs', abortSignal: new AbortController().signal });
  if (reservation?.metadata?.annotations?.[ANNOTATION.attempt] !== attempt) return;
  await deleteObject(client, { call: { ...RESOURCE.jobs, verb: 'delete', namespace, name }, uid: reservation.metadata.uid });
}

function taken(sandboxName: string, details: Readonly<Record<string, string>>): SandpodError {
  const message = `A live sandbox in namespace ${details['namespace']} has the name ${sandboxName}.`;
  return new SandpodError({ code: 'sandbox-exists', message, details: { name: sandboxName, ...details } });
}
