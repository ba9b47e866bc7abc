import type { CoreV1EventList, V1Pod } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { RESOURCE } from '../client/resources.ts';
import { containerStatus, waitsFor } from '../sandbox/pod-status.ts';
import { mountedBy } from './find-failed-mount.ts';

/** Time limit for reading the reason, in milliseconds. */
const ASK_MS = 2_000;

/**
 * Creates the error for a pod that was not usable in time. The error contains the cause of the delay. If reading events is permitted, it
 * also contains the last warning about the pod.
 */
export async function explainTimeout(
  client: KubeClient,
  options: { readonly namespace: string; readonly name: string; readonly startTimeoutMs: number },
): Promise<SandpodError> {
  const { namespace, name, startTimeoutMs } = options;
  const [state, warning] = await Promise.all([
    lastState(client, { namespace, name }).catch(() => undefined),
    lastWarning(client, { namespace, name }).catch(() => undefined),
  ]);
  const why = [state, warning === undefined ? undefined : `The cluster's last warning: ${warning}`];
  const message = [`The pod ${name} was not usable within ${startTimeoutMs} ms.`, ...why].filter(Boolean).join(' ');
  return new SandpodError({ code: 'start-timeout', message });
}

interface Place {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Reads the pod's state from the API server's cache. A slower read could find that the pod of the failed start has already been removed.
 */
async function lastState(client: KubeClient, { namespace, name }: Place): Promise<string | undefined> {
  const call = { ...RESOURCE.pods, verb: 'get', namespace, name } as const;
  const pod = await client.json<V1Pod>({ call, query: { resourceVersion: '0' }, abortSignal: AbortSignal.timeout(ASK_MS) });
  const mounted = containerStatus(pod)?.state?.waiting?.reason === 'ContainerCreating' ? mountedBy(pod) : [];
  const needs = mounted.length === 0 ? undefined : `It mounts ${mounted.join(' and ')}, which must exist.`;
  return [waitsFor(pod), needs].filter(Boolean).join(' ');
}

async function lastWarning(client: KubeClient, { namespace, name }: Place): Promise<string | undefined> {
  const { items } = await client.json<CoreV1EventList>({
    call: { ...RESOURCE.events, verb: 'list', namespace },
    query: { fieldSelector: `involvedObject.name=${name},type=Warning` },
    abortSignal: AbortSignal.timeout(ASK_MS),
  });
  const last = items.at(-1);
  return last === undefined ? undefined : `${last.reason}: ${last.message}`;
}
