import type { V1Pod } from '@kubernetes/client-node';
import type { KubeClient } from '../client/kube-client.ts';
import { KubeError } from '../client/kube-error.ts';
import { pause } from '../client/pause.ts';
import { RESOURCE } from '../client/resources.ts';
import { watchObject } from '../client/watch-objects.ts';
import { explainLoss, explainState, type PodIdentity, type PodLoss } from './explain-loss.ts';

/** Milliseconds before a pod is watched again after the API server was unreachable. */
const WATCH_AGAIN_MS = 2_000;

export interface WatchPodOptions {
  readonly identity: PodIdentity;
  /** The pod as the server has just returned it. */
  readonly known: V1Pod;
  readonly abortSignal: AbortSignal;
}

/** Watches a pod until it can no longer run programs, and resolves with the reason. Continues while the API server is unreachable. */
export async function watchPod(client: KubeClient, options: WatchPodOptions): Promise<PodLoss> {
  const { identity, abortSignal } = options;
  for (let known: V1Pod | undefined = options.known; ; known = undefined) {
    try {
      return await follow(client, { identity, known, abortSignal });
    } catch (error) {
      abortSignal.throwIfAborted();
      if (error instanceof KubeError && !error.isRetryable) throw error;
      await pause(WATCH_AGAIN_MS, abortSignal);
    }
  }
}

async function follow(
  client: KubeClient,
  options: Omit<WatchPodOptions, 'known'> & { readonly known: V1Pod | undefined },
): Promise<PodLoss> {
  const { identity, known, abortSignal } = options;
  const { name, namespace } = identity;
  for await (const state of watchObject<V1Pod>(client, { call: { ...RESOURCE.pods, namespace, name }, known, abortSignal })) {
    const loss = await explainState(state.type === 'gone' ? undefined : state.object, identity);
    if (loss !== undefined) return loss.isFinal ? loss : ((await explainLoss(client, identity)) ?? loss);
  }
  throw new Error(`The watch on the pod ${name} ended.`);
}
