import type { KubeClient } from '../client/kube-client.ts';

/** The version of the cluster, or undefined where it is not told. */
export async function serverVersion(client: KubeClient, abortSignal: AbortSignal): Promise<string | undefined> {
  const call = { verb: 'get', group: '', version: '', resource: 'version', path: '/version' } as const;
  try {
    return (await client.json<{ gitVersion: string }>({ call, abortSignal })).gitVersion;
  } catch {
    return undefined;
  }
}
