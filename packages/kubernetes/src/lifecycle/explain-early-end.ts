import type { V1Pod } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { RESOURCE } from '../client/resources.ts';
import type { PodIdentity } from '../sandbox/explain-loss.ts';
import { lookForEnd } from '../sandbox/look-for-end.ts';
import { startFailure } from '../sandbox/pod-status.ts';

/** Throws the reason why a pod ended before programs could run in it. If no reason is found, throws the given error. */
export async function explainEarlyEnd(
  client: KubeClient,
  options: { readonly identity: PodIdentity; readonly error: unknown; readonly abortSignal: AbortSignal },
): Promise<never> {
  const { identity, error, abortSignal } = options;
  const isExplained = SandpodError.isInstance(error) && error.code === 'start-failed';
  const end = isExplained || abortSignal.aborted ? undefined : await findEnd(client, { identity, abortSignal }).catch(() => undefined);
  throw end ?? error;
}

async function findEnd(
  client: KubeClient,
  { identity, abortSignal }: { readonly identity: PodIdentity; readonly abortSignal: AbortSignal },
): Promise<SandpodError | undefined> {
  const { namespace, name, uid } = identity;
  const look = async (): Promise<SandpodError | undefined> => {
    const pod = await client.json<V1Pod>({ call: { ...RESOURCE.pods, verb: 'get', namespace, name }, abortSignal });
    return pod.metadata?.uid === uid ? startFailure(pod) : undefined;
  };
  return lookForEnd(look, { abortSignal });
}
