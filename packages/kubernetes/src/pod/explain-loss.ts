import { setTimeout as pause } from 'node:timers/promises';
import type { V1Pod } from '@kubernetes/client-node';
import type { LossExplanation } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { KubeError } from '../client/kube-error.ts';
import { RESOURCE } from '../client/resources.ts';
import type { Instance } from '../spec/lease-job.ts';
import { containerStatus, endedReason } from './pod-failure.ts';

/** The kubelet reports the end of a container some time after its connections broke. */
const LOOKS = 8;
const PAUSE_MS = 250;

/** Asks the cluster what ended a program whose connection broke; undefined when the pod still runs. */
export async function explainLoss(client: KubeClient, instance: Instance & { readonly uid: string }): Promise<LossExplanation | undefined> {
  for (let look = 0; look < LOOKS; look += 1) {
    const explanation = await lookAt(client, instance);
    if (explanation !== undefined) return explanation;
    await pause(PAUSE_MS);
  }
  return undefined;
}

async function lookAt(client: KubeClient, instance: Instance & { readonly uid: string }): Promise<LossExplanation | undefined> {
  const { name, namespace, uid } = instance;
  try {
    const pod = await client.json<V1Pod>({ call: { ...RESOURCE.pods, verb: 'get', namespace, name } });
    if (pod.metadata?.uid !== uid) return { outcome: 'session-lost', reason: `The pod ${name} was deleted, and another one has its name.` };
    return lossOf(pod);
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return { outcome: 'session-lost', reason: `The pod ${name} was deleted.` };
    throw error;
  }
}

/** Why a pod can run nothing any more, or undefined while it can. */
export function lossOf(pod: V1Pod): LossExplanation | undefined {
  const name = pod.metadata?.name;
  const { reason, message = '' } = pod.status ?? {};
  if (reason === 'Evicted' || hasCondition(pod, 'DisruptionTarget')) return { outcome: 'evicted', reason: `The pod ${name} was evicted: ${message}`.trim() };
  if (reason === 'DeadlineExceeded') return { outcome: 'session-lost', reason: `The pod ${name} expired.` };
  if (containerStatus(pod)?.state?.terminated?.reason === 'OOMKilled') return { outcome: 'memory-limit', reason: `The pod ${name} exceeded its memory limit.` };
  const ended = endedReason(pod);
  if (ended !== undefined) return { outcome: 'session-lost', reason: `The pod ${name} ended: ${ended}.` };
  if (pod.metadata?.deletionTimestamp !== undefined) return { outcome: 'session-lost', reason: `The pod ${name} is being deleted.` };
  return undefined;
}

function hasCondition(pod: V1Pod, wanted: string): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === wanted && status === 'True') ?? false;
}
