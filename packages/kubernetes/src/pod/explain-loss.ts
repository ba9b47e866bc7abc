import type { V1Pod } from '@kubernetes/client-node';
import type { LossExplanation } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { KubeError } from '../client/kube-error.ts';
import { pause } from '../client/pause.ts';
import { RESOURCE } from '../client/resources.ts';
import { containerStatus, endedReason } from './pod-failure.ts';

/** The kubelet reports the end of a container some time after its connections broke. */
const LOOKS = 8;
const PAUSE_MS = 250;

/** One pod that ran; another one of its name is not meant. */
export interface PodIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** Asks the cluster what ended a program whose connection broke; undefined when the pod still runs. */
export async function explainLoss(client: KubeClient, identity: PodIdentity): Promise<LossExplanation | undefined> {
  for (let look = 0; look < LOOKS; look += 1) {
    const explanation = await lookAt(client, identity);
    if (explanation !== undefined) return explanation;
    await pause(PAUSE_MS);
  }
  return undefined;
}

async function lookAt(client: KubeClient, identity: PodIdentity): Promise<LossExplanation | undefined> {
  const { name, namespace, uid } = identity;
  try {
    const pod = await client.json<V1Pod>({ call: { ...RESOURCE.pods, verb: 'get', namespace, name } });
    return lossOf(pod, uid);
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return deleted(name);
    throw error;
  }
}

/** Why a pod can run nothing any more, or undefined while it can. */
export function lossOf(pod: V1Pod, uid: string): LossExplanation | undefined {
  const loss = describeLoss(pod, uid);
  return loss === undefined ? undefined : { ...loss, isSandboxLost: true };
}

export function deleted(name: string): LossExplanation {
  return { outcome: 'session-lost', reason: `The pod ${name} was deleted.`, isSandboxLost: true };
}

function describeLoss(pod: V1Pod, uid: string): LossExplanation | undefined {
  const name = pod.metadata?.name;
  if (pod.metadata?.uid !== uid) return { outcome: 'session-lost', reason: `The pod ${name} was deleted, and another one has its name.` };
  const { reason, message = '' } = pod.status ?? {};
  if (reason === 'Evicted' && /EmptyDir|ephemeral[- ](local )?storage/i.test(message))
    return { outcome: 'disk-limit', reason: `The pod ${name} was evicted: ${message}` };
  const disruption = pod.status?.conditions?.find(({ type, status }) => type === 'DisruptionTarget' && status === 'True');
  if (reason === 'Evicted' || disruption !== undefined) {
    const why = message || [disruption?.reason, disruption?.message].filter(Boolean).join(': ');
    return { outcome: 'evicted', reason: `The pod ${name} was evicted: ${why}` };
  }
  if (reason === 'DeadlineExceeded') return { outcome: 'session-lost', reason: `The pod ${name} expired.` };
  if (containerStatus(pod)?.state?.terminated?.reason === 'OOMKilled')
    return { outcome: 'memory-limit', reason: `The pod ${name} exceeded its memory limit.` };
  const ended = endedReason(pod);
  if (ended !== undefined) return { outcome: 'session-lost', reason: `The pod ${name} ended: ${ended}.` };
  if (pod.metadata?.deletionTimestamp !== undefined) return { outcome: 'session-lost', reason: `The pod ${name} is being deleted.` };
  return undefined;
}
