import type { V1PodList } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { RESOURCE } from '../client/resources.ts';
import { deadlineOf } from '../sandbox/pod-status.ts';

/** The accuracy of the server's times, in milliseconds. */
const EXACT_MS = 1_000;

/**
 * Rejects an expiry that is later than the pod's deadline. Only `podSpec` can set this deadline, and the API server refuses to raise it.
 *
 * @throws {SandpodError} `unsupported`.
 */
export async function checkPodDeadline(
  client: KubeClient,
  options: {
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
    readonly expiresInMs: number | null;
    readonly abortSignal?: AbortSignal | undefined;
  },
): Promise<void> {
  const { namespace, name, uid, expiresInMs, abortSignal } = options;
  const call = { ...RESOURCE.pods, verb: 'list', namespace } as const;
  const { items } = await client.json<V1PodList>({ call, query: { fieldSelector: `metadata.name=${name}` }, abortSignal });
  const pod = items.find(({ metadata }) => metadata?.uid === uid);
  const endMs = pod === undefined ? undefined : deadlineOf(pod);
  if (endMs === undefined) return;
  const mostMs = Math.max(0, Math.floor(endMs - client.serverTimeMs()));
  if (expiresInMs !== null && expiresInMs <= mostMs + EXACT_MS) return;
  throw new SandpodError({
    code: 'unsupported',
    message: `The activeDeadlineSeconds in podSpec ends the pod ${name}: expected expiresInMs of at most ${mostMs}, given ${expiresInMs}.`,
    advice: 'Remove activeDeadlineSeconds from podSpec, or raise it for new pods; Kubernetes cannot raise it on a running pod.',
    details: { name, namespace, mostMs },
  });
}
