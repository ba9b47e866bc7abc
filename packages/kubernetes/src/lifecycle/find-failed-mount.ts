import type { CoreV1EventList, V1Pod } from '@kubernetes/client-node';
import type { SandpodError } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { pause } from '../client/pause.ts';
import { RESOURCE } from '../client/resources.ts';
import { startFailed } from '../sandbox/pod-status.ts';

const LOOK_EVERY_MS = 2_000;

/**
 * Waits until an event reports that a starting pod cannot mount its volumes. Resolves with undefined if the pod mounts no config map or
 * secret.
 *
 * If a config map or secret is missing, only an event reports this; the pod's status shows only that the container is being created.
 *
 * @throws {KubeError} if listing events is not permitted.
 */
export async function findFailedMount(
  client: KubeClient,
  options: { readonly pod: V1Pod; readonly abortSignal: AbortSignal },
): Promise<SandpodError | undefined> {
  const { pod, abortSignal } = options;
  const { namespace = '', name, uid } = pod.metadata ?? {};
  if (mountedBy(pod).length === 0) return undefined;
  const query = { fieldSelector: `involvedObject.uid=${uid},reason=FailedMount` };
  for (;;) {
    await pause(LOOK_EVERY_MS, abortSignal);
    const { items } = await client.json<CoreV1EventList>({ call: { ...RESOURCE.events, verb: 'list', namespace }, query, abortSignal });
    const missing = items.find(({ message = '' }) => /(configmap|secret) .*not found/.test(message));
    if (missing === undefined) continue;
    const advice = 'Create the named object in the namespace of the pod, or mark it as optional in podSpec.';
    return startFailed(`The pod ${name} cannot start: FailedMount: ${missing.message}`, advice);
  }
}

/** Lists the required config maps and secrets that a pod mounts, for messages. */
export function mountedBy(pod: V1Pod): string[] {
  return (pod.spec?.volumes ?? []).flatMap(({ configMap, secret, projected }) => [
    ...named('config map', configMap),
    ...named('secret', secret && { ...secret, name: secret.secretName }),
    ...(projected?.sources ?? []).flatMap((each) => [...named('config map', each.configMap), ...named('secret', each.secret)]),
  ]);
}

/** The cluster creates this config map in every namespace. */
const ALWAYS_THERE = 'kube-root-ca.crt';

function named(kind: string, object: { readonly name?: string | undefined; readonly optional?: boolean } | undefined): string[] {
  return object === undefined || object.optional || object.name === ALWAYS_THERE ? [] : [`the ${kind} ${object.name}`];
}
