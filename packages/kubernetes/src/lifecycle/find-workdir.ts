import type { V1Pod } from '@kubernetes/client-node';
import type { KubeClient } from '../client/kube-client.ts';
import { RESOURCE } from '../client/resources.ts';
import { watchObject } from '../client/watch-objects.ts';
import { type PodPlan, workdirPodSpec } from '../manifest/pod-spec.ts';
import type { PodOptions } from '../options/pod-options.ts';
import { containerStatus, startFailed } from '../sandbox/pod-status.ts';
import { createObject } from './create-objects.ts';
import { deleteObject } from './delete-sandbox.ts';
import { SecondPull } from './second-pull.ts';

/** Reads the image's working directory with a short-lived pod. @throws {SandpodError} the same errors as a start. */
export async function findWorkdir(
  client: KubeClient,
  options: { readonly pod: PodOptions; readonly plan: Omit<PodPlan, 'workspace'>; readonly abortSignal: AbortSignal },
): Promise<string> {
  const { pod, plan } = options;
  // The signal is not passed, because the response is needed to delete the pod.
  const made = await createObject(client, { kind: 'pods', body: workdirPodSpec(pod, plan) });
  const { namespace = '', name = '', uid } = made.metadata ?? {};
  const call = { ...RESOURCE.pods, namespace, name };
  using secondPull = new SecondPull();
  const abortSignal = AbortSignal.any([options.abortSignal, secondPull.signal]);
  try {
    abortSignal.throwIfAborted();
    for await (const state of watchObject<V1Pod>(client, { call, known: made, abortSignal })) {
      const workdir = state.type === 'gone' ? undefined : workdirOf(state.object);
      if (workdir !== undefined) return workdir;
      const failure =
        state.type === 'gone' ? startFailed(`The pod ${name} was deleted while it was starting.`) : secondPull.failureOf(state.object);
      if (failure !== undefined) throw failure;
    }
    throw startFailed(`The pod ${name} could not be watched.`);
  } finally {
    await deleteObject(client, { call: { ...call, verb: 'delete' }, gracePeriodSeconds: 0, uid });
  }
}

function workdirOf(pod: V1Pod): string | undefined {
  const message = containerStatus(pod)?.state?.terminated?.message?.trim();
  return message?.startsWith('/') ? message : undefined;
}
