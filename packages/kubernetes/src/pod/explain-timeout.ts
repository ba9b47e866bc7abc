import type { CoreV1EventList } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { RESOURCE } from '../client/resources.ts';

/** Milliseconds that asking for the reason may take. */
const ASK_MS = 2_000;

/** The error of a pod that was not usable in time, with the last warning about it where events may be read. */
export async function explainTimeout(
  client: KubeClient,
  options: { readonly namespace: string; readonly name: string; readonly startTimeoutMs: number },
): Promise<SandpodError> {
  const { namespace, name, startTimeoutMs } = options;
  const warning = await lastWarning(client, { namespace, name }).catch(() => undefined);
  const why = warning === undefined ? '' : ` The cluster's last warning: ${warning}`;
  return new SandpodError({ code: 'start-timeout', message: `The pod ${name} was not usable within ${startTimeoutMs} ms.${why}` });
}

async function lastWarning(client: KubeClient, place: { readonly namespace: string; readonly name: string }): Promise<string | undefined> {
  const { namespace, name } = place;
  const { items } = await client.json<CoreV1EventList>({
    call: { ...RESOURCE.events, verb: 'list', namespace },
    query: { fieldSelector: `involvedObject.name=${name},type=Warning` },
    abortSignal: AbortSignal.timeout(ASK_MS),
  });
  const last = items.at(-1);
  return last === undefined ? undefined : `${last.reason}: ${last.message}`;
}
