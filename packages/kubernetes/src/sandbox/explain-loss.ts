import type { V1Pod } from '@kubernetes/client-node';
import type { LossExplanation } from '@sandpod/launcher';
import type { KubeClient } from '../client/kube-client.ts';
import { KubeError } from '../client/kube-error.ts';
import { RESOURCE } from '../client/resources.ts';
import { lookForEnd } from './look-for-end.ts';
import { containerStatus, endedReason } from './pod-status.ts';

/** The lease counts whole seconds, from the last one before it was made. */
const EARLY_MS = 2_000;

/** One pod that ran; another one of its name is not meant. */
export interface PodIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** When it expires, in milliseconds since the epoch; undefined where nobody knows. */
  readonly expiresMs?: number | undefined;
}

/** What a pod's state says of its end. */
export interface PodLoss extends LossExplanation {
  /** False while only the end of the container is known: why the pod was ended, for example an eviction, is reported later. */
  readonly isFinal: boolean;
}

/** Asks the cluster what ended a program whose connection broke; undefined when the pod still runs. */
export async function explainLoss(client: KubeClient, identity: PodIdentity): Promise<PodLoss | undefined> {
  let found: PodLoss | undefined;
  await lookForEnd(async () => {
    found = (await lookAt(client, identity)) ?? found;
    return found?.isFinal ? found : undefined;
  });
  return found;
}

async function lookAt(client: KubeClient, identity: PodIdentity): Promise<PodLoss | undefined> {
  const { name, namespace } = identity;
  try {
    const pod = await client.json<V1Pod>({ call: { ...RESOURCE.pods, verb: 'get', namespace, name } });
    return lossOf(pod, identity);
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return deleted(identity);
    if (error instanceof KubeError && error.status === 403) return { ...unasked(error), isFinal: true };
    throw error;
  }
}

function unasked({ message, advice = '' }: KubeError): LossExplanation {
  const reason = `The connection broke. Why, and how the program ended, could not be asked: ${message} ${advice}`;
  return { outcome: 'transport', reason: reason.trim() };
}

/** Why a pod can run nothing any more, or undefined while it can. */
export function lossOf(pod: V1Pod, identity: PodIdentity): PodLoss | undefined {
  const loss = describeLoss(pod, identity);
  if (loss !== undefined) return { ...loss, isSandboxLost: true, isFinal: true };
  const ended = endedReason(pod);
  if (ended === undefined) return undefined;
  const reason = `The pod ${pod.metadata?.name} ended: ${ended}.`;
  return { outcome: 'session-lost', reason, isSandboxLost: true, isFinal: false };
}

export function deleted(identity: PodIdentity): PodLoss {
  const reason = whyDeleted(identity, 'was deleted');
  return { outcome: 'session-lost', reason, isSandboxLost: true, isFinal: true };
}

function whyDeleted(identity: PodIdentity, words: 'was deleted' | 'is being deleted'): string {
  const { name, expiresMs = Number.POSITIVE_INFINITY } = identity;
  return Date.now() >= expiresMs - EARLY_MS ? expired(identity) : `The pod ${name} ${words}.`;
}

function expired({ name }: PodIdentity): string {
  return `The pod ${name} expired. Raise expiresInMs for sandboxes that must last longer.`;
}

function describeLoss(pod: V1Pod, identity: PodIdentity): LossExplanation | undefined {
  const { name, uid } = identity;
  if (pod.metadata?.uid !== uid) return { outcome: 'session-lost', reason: `The pod ${name} was deleted, and another one has its name.` };
  const { reason, message = '' } = pod.status ?? {};
  if (reason === 'Evicted' && /EmptyDir|ephemeral[- ](local )?storage/i.test(message))
    return { outcome: 'disk-limit', reason: `The pod ${name} was evicted: ${message}` };
  const disruption = pod.status?.conditions?.find(({ type, status }) => type === 'DisruptionTarget' && status === 'True');
  if (reason === 'Evicted' || disruption !== undefined) {
    const why = message || [disruption?.reason, disruption?.message].filter(Boolean).join(': ');
    return { outcome: 'evicted', reason: `The pod ${name} was evicted: ${why}` };
  }
  if (reason === 'DeadlineExceeded') return { outcome: 'session-lost', reason: expired(identity) };
  if (containerStatus(pod)?.state?.terminated?.reason === 'OOMKilled')
    return { outcome: 'memory-limit', reason: `The pod ${name} exceeded its memory limit.` };
  if (pod.metadata?.deletionTimestamp !== undefined) return { outcome: 'session-lost', reason: whyDeleted(identity, 'is being deleted') };
  return undefined;
}
