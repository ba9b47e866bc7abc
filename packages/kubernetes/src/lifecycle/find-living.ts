import type { V1Pod } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { pause } from '../client/pause.ts';
import { fingerprintOf } from '../manifest/fingerprint.ts';
import { ANNOTATION } from '../manifest/labels.ts';
import { specOf } from '../manifest/pod-spec.ts';
import { containerSpecOf } from '../manifest/sandbox-container.ts';
import type { PodOptions } from '../options/pod-options.ts';
import { endedReason, isRunning } from '../sandbox/pod-status.ts';
import { deleteSandbox, uidsOf } from './delete-sandbox.ts';
import { findNamed, hasRole, type NamedPod } from './find-named.ts';
import { SecondPull } from './second-pull.ts';

/** Milliseconds between two reads of a pod that is starting or being deleted. */
export const LOOK_EVERY_MS = 250;

export type LivingPod = NamedPod & { readonly pod: PodOptions };

/**
 * Finds the running pod that has the name. Returns undefined if the name is free. Waits while the pod is starting or being deleted, and
 * removes a pod that has ended.
 *
 * @throws {SandpodError} `sandbox-exists` for a pod that sandpod did not create, or that was created with different options.
 */
export async function findLiving(client: KubeClient, options: LivingPod): Promise<V1Pod | undefined> {
  const { namespace, name } = options;
  using secondPull = new SecondPull();
  const abortSignal = AbortSignal.any([options.abortSignal, secondPull.signal]);
  for (let going: V1Pod | undefined; ; ) {
    const pod = await findNamed<V1Pod>(client, { ...options, kind: 'pods' });
    // If someone deleted the pod, the lease still exists and has the same name.
    if (pod === undefined && going !== undefined) await deleteSandbox(client, { namespace, name, ...uidsOf(going) });
    if (pod === undefined) return undefined;
    if (!hasRole(pod, 'sandbox')) throw cannotUse(options, 'sandpod did not create it', 'Choose another podName.');
    const next = whatToDo(pod, { ...options, secondPull });
    if (next === 'use') return pod;
    if (next === 'remove') await deleteSandbox(client, { namespace, name, ...uidsOf(pod) });
    going = pod;
    await pause(LOOK_EVERY_MS, abortSignal);
  }
}

function whatToDo(pod: V1Pod, options: LivingPod & { readonly secondPull: SecondPull }): 'use' | 'remove' | 'wait' {
  if (pod.metadata?.deletionTimestamp !== undefined) return 'wait';
  if (endedReason(pod) !== undefined) return 'remove';
  refuseOther(pod, options);
  if (isRunning(pod)) return 'use';
  const failure = options.secondPull.failureOf(pod);
  if (failure !== undefined) throw failure;
  return 'wait';
}

/** Rejects a pod that was created with different options, because such a pod may be less protected. */
function refuseOther(pod: V1Pod, options: LivingPod): void {
  const workspace = containerSpecOf(pod)?.workingDir ?? '/';
  const fingerprint = fingerprintOf(options.pod, specOf(options.pod, workspace));
  if (pod.metadata?.annotations?.[ANNOTATION.fingerprint] === fingerprint) return;
  throw cannotUse(options, 'it was created with other options', 'Remove it, with stop() or kubectl, or choose another podName.');
}

/** Creates a `sandbox-exists` error for a name that another object has. */
export function cannotUse({ name, namespace }: NamedPod, why: string, advice: string): SandpodError {
  const message = `The pod ${name} in namespace ${namespace} cannot be used: ${why}.`;
  return new SandpodError({ code: 'sandbox-exists', message, advice, details: { name, namespace } });
}
