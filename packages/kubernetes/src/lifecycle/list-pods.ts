import type { V1Pod, V1PodList } from '@kubernetes/client-node';
import type { SandboxInfo } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { pause } from '../client/pause.ts';
import { RESOURCE } from '../client/resources.ts';
import { ANNOTATION, LABEL, selectorOf } from '../manifest/labels.ts';
import { endedReason, isRunning } from '../sandbox/pod-status.ts';

/** Our pods in a namespace. */
export async function listPods(
  client: KubeClient,
  options: { readonly namespace: string; readonly id?: string; readonly abortSignal?: AbortSignal | undefined },
): Promise<V1Pod[]> {
  const { namespace, id, abortSignal } = options;
  const labelSelector = id === undefined ? selectorOf('sandbox') : `${selectorOf('sandbox')},${LABEL.id}=${id}`;
  const list = await client.json<V1PodList>({ call: { ...RESOURCE.pods, verb: 'list', namespace }, query: { labelSelector }, abortSignal });
  return list.items;
}

/** Milliseconds in which a pod that can be used already is reported as running. */
const REPORTED_WITHIN_MS = 3_000;
const LOOK_EVERY_MS = 100;

/** The running pod of a sandbox, or undefined. */
export async function findRunning(
  client: KubeClient,
  options: { readonly namespace: string; readonly id: string; readonly abortSignal?: AbortSignal | undefined },
): Promise<V1Pod | undefined> {
  const untilMs = performance.now() + REPORTED_WITHIN_MS;
  for (;;) {
    const [pod] = await listPods(client, options);
    if (pod === undefined || isRunning(pod)) return pod;
    if (stateOf(pod) === 'ended' || pod.metadata?.deletionTimestamp !== undefined || performance.now() > untilMs) return undefined;
    await pause(LOOK_EVERY_MS, options.abortSignal);
  }
}

export function infoOf(pod: V1Pod): SandboxInfo {
  const { name = '', labels = {}, annotations = {}, creationTimestamp } = pod.metadata ?? {};
  const expiresMs = Number(annotations[ANNOTATION.expires]);
  return {
    id: labels[LABEL.id] ?? name,
    labels: {},
    isClaimable: false,
    createdMs: creationTimestamp === undefined ? 0 : new Date(creationTimestamp).getTime(),
    ...(Number.isFinite(expiresMs) ? { expiresMs } : {}),
    state: stateOf(pod),
  };
}

function stateOf(pod: V1Pod): SandboxInfo['state'] {
  if (isRunning(pod)) return 'running';
  return endedReason(pod) === undefined ? 'starting' : 'ended';
}
