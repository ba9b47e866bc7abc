import type { V1Pod } from '@kubernetes/client-node';
import type { LossExplanation } from '@sandpod/launcher';
import type { KubeClient } from '../client/kube-client.ts';
import { KubeError } from '../client/kube-error.ts';
import { RESOURCE } from '../client/resources.ts';
import { lookForEnd } from './look-for-end.ts';
import { containerStatus, endedReason } from './pod-status.ts';

/** The cluster's timestamps are rounded to seconds, so a sandbox may expire this many milliseconds early. */
const EARLY_MS = 2_000;
/** Time limit for reading the expiry from the cluster, in milliseconds. */
const REFRESH_MS = 2_000;

type Cluster = Pick<KubeClient, 'json'>;

/** The expiry of a sandbox. */
export interface Expiry {
  /**
   * Returns the milliseconds until the last known expiry, according to the cluster's clock. The value is negative after the expiry, and
   * infinite if the sandbox never expires.
   */
  remainingMs(): number;
  /** True if the lease no longer existed when it was last read. The sandbox has then expired or was removed. */
  readonly isGone: boolean;
  /** Reads the expiry from the cluster again. */
  refresh(abortSignal?: AbortSignal): Promise<void>;
}

/** Identifies one pod, and distinguishes it from other pods with the same name. */
export interface PodIdentity {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly expiry?: Expiry | undefined;
}

/** The reason why a pod ended, according to its state. */
export interface PodLoss extends LossExplanation {
  /** False while only the end of the container is known. The cluster reports the reason later, for example an eviction. */
  readonly isFinal: boolean;
}

/** The exit code of an exec whose container runtime failed. gVisor fails when the memory limit ends its kernel. */
const RUNTIME_LOST_EXIT_CODE = 128;
/**
 * Milliseconds to wait for the end of the container after such an exit code. The container has ended, but gVisor reports that only seconds
 * later.
 */
const RUNTIME_LOST_MS = 15_000;

/**
 * Reads from the cluster why a program's connection broke. Returns undefined if the pod is still running.
 *
 * @param exitCode The launcher's exit code as the platform reported it, if any.
 */
export async function explainLoss(client: Cluster, identity: PodIdentity, exitCode?: number): Promise<PodLoss | undefined> {
  let found: PodLoss | undefined;
  const look = async (): Promise<PodLoss | undefined> => {
    found = (await lookAt(client, identity)) ?? found;
    return found?.isFinal ? found : undefined;
  };
  await lookForEnd(look, exitCode === RUNTIME_LOST_EXIT_CODE ? { withinMs: RUNTIME_LOST_MS } : {});
  return found;
}

async function lookAt(client: Cluster, identity: PodIdentity): Promise<PodLoss | undefined> {
  const { name, namespace } = identity;
  try {
    const pod = await client.json<V1Pod>({ call: { ...RESOURCE.pods, verb: 'get', namespace, name } });
    return await explainState(pod, identity);
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return await explainState(undefined, identity);
    if (error instanceof KubeError && error.status === 403) return { ...unasked(error), isFinal: true };
    throw error;
  }
}

function unasked({ message, advice = '' }: KubeError): LossExplanation {
  const reason = `The connection broke for an unknown reason. It is not known whether or how the program ended: ${message} ${advice}`;
  return { outcome: 'transport', reason: reason.trim() };
}

/** Like {@link lossOf} and {@link deleted}, but if the pod was deleted or is being deleted, reads the current expiry first. */
export async function explainState(pod: V1Pod | undefined, identity: PodIdentity): Promise<PodLoss | undefined> {
  const isDeleted = pod === undefined || pod.metadata?.deletionTimestamp !== undefined;
  if (isDeleted) await identity.expiry?.refresh(AbortSignal.timeout(REFRESH_MS)).catch(() => {});
  return pod === undefined ? deleted(identity) : lossOf(pod, identity);
}

/** Returns the reason why a pod can no longer run programs, or undefined if it still can. */
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
  const { name, expiry } = identity;
  if (expiry !== undefined && expiry.remainingMs() <= EARLY_MS) return expired(identity);
  return expiry?.isGone === true
    ? `The pod ${name} ${words} together with its lease: it expired, or another client removed it.`
    : `The pod ${name} ${words}.`;
}

function expired({ name }: PodIdentity): string {
  return `The pod ${name} expired. Raise expiresInMs for sandboxes that must last longer.`;
}

function describeLoss(pod: V1Pod, identity: PodIdentity): LossExplanation | undefined {
  const { name, uid } = identity;
  if (pod.metadata?.uid !== uid)
    return { outcome: 'session-lost', reason: `The pod ${name} was deleted, and another pod now has its name.` };
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
