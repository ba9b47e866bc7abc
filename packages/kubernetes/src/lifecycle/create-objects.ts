import type { V1Job, V1ObjectMeta, V1Pod } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { KubeError } from '../client/kube-error.ts';
import { pause } from '../client/pause.ts';
import { RESOURCE } from '../client/resources.ts';
import { isTransient } from '../client/retry.ts';
import { ANNOTATION } from '../manifest/labels.ts';
import { denyAllPolicy } from '../manifest/network-policy.ts';
import { refusalAdvice } from './refusal-advice.ts';

/** A query that makes the server reject unknown fields instead of dropping them. */
const STRICT = { fieldValidation: 'Strict' } as const;

/** Pauses in milliseconds before each retry of a creation. */
const PAUSES_MS = [300, 1_500] as const;

/**
 * Creates the policy that closes the network of sandboxes. The time limits of the request do not depend on the time limit of a start.
 * Resolves with true if the policy was missing.
 */
export async function ensurePolicy(client: KubeClient, namespace: string): Promise<boolean> {
  const call = { ...RESOURCE.networkPolicies, verb: 'create', namespace } as const;
  try {
    await createOnce(() => client.json({ call, body: denyAllPolicy(namespace), mustBeKnown: true }));
    return true;
  } catch (error) {
    if (!isTaken(error)) throw asStartFailure(error);
    return false;
  }
}

/**
 * Creates one object. An abort does not interrupt the request, so the caller can determine which objects exist. If the response is lost,
 * the request is repeated. If the object then already exists and comes from the same start, it counts as created.
 *
 * @throws {SandpodError} with the cluster's reason; `sandbox-exists` if another object has the name.
 */
export async function createObject<T extends V1Job | V1Pod>(
  client: KubeClient,
  options: { readonly kind: 'jobs' | 'pods'; readonly body: T; readonly abortSignal?: AbortSignal },
): Promise<T> {
  const { kind, body, abortSignal } = options;
  const { namespace = '', name = '' } = body.metadata ?? {};
  const call = { ...RESOURCE[kind], verb: 'create', namespace } as const;
  try {
    const made = await createOnce(() => client.json<T>({ call, query: STRICT, body, abortSignal, mustBeKnown: true }), abortSignal);
    abortSignal?.throwIfAborted();
    return made;
  } catch (error) {
    abortSignal?.throwIfAborted();
    if (!isTaken(error)) throw asStartFailure(error);
    const mine = await findMine<T>(client, { kind, metadata: body.metadata, abortSignal });
    if (mine !== undefined) return mine;
    throw new SandpodError({
      code: 'sandbox-exists',
      message: `A sandbox or ${kind.slice(0, -1)} named ${name} exists in namespace ${namespace}.`,
      cause: error,
    });
  }
}

async function createOnce<T>(once: () => Promise<T>, abortSignal?: AbortSignal): Promise<T> {
  for (const waitMs of PAUSES_MS) {
    try {
      return await once();
    } catch (error) {
      const isThrottled = error instanceof KubeError && error.status === 429;
      if (isThrottled || !isTransient(error)) throw error;
    }
    await pause(waitMs, abortSignal);
  }
  return once();
}

async function findMine<T extends V1Job | V1Pod>(
  client: KubeClient,
  options: { readonly kind: 'jobs' | 'pods'; readonly metadata: V1ObjectMeta | undefined; readonly abortSignal: AbortSignal | undefined },
): Promise<T | undefined> {
  const { kind, metadata: { namespace = '', name, annotations } = {}, abortSignal } = options;
  const call = { ...RESOURCE[kind], verb: 'list', namespace } as const;
  const { items } = await client.json<{ items: T[] }>({ call, query: { fieldSelector: `metadata.name=${name}` }, abortSignal });
  return items.find(({ metadata }) => metadata?.annotations?.[ANNOTATION.attempt] === annotations?.[ANNOTATION.attempt]);
}

function isTaken(error: unknown): boolean {
  return error instanceof KubeError && error.kubeReason === 'AlreadyExists';
}

function asStartFailure(error: unknown): unknown {
  if (!(error instanceof KubeError)) return error;
  const { message, isRetryable, details } = error;
  const advice = refusalAdvice(message) ?? error.advice;
  return new SandpodError({ code: 'start-failed', message, advice, isRetryable, details, cause: error });
}
