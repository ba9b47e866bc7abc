import type { V1Pod } from '@kubernetes/client-node';
import type { OnProgress } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { RESOURCE } from '../client/resources.ts';
import { watchObject } from '../client/watch-objects.ts';
import type { Instance } from '../manifest/lease-job.ts';
import { containerStatus, isRunning, startFailed, unschedulable } from '../sandbox/pod-status.ts';
import { AbortOnDispose } from './abort-on-dispose.ts';
import { findFailedMount } from './find-failed-mount.ts';
import { SchedulingDeadline } from './scheduling-deadline.ts';
import { SecondPull } from './second-pull.ts';

/** Waits until the container is running. @throws {SandpodError} as soon as the cluster reports that the container cannot run. */
export async function awaitRunning(
  client: KubeClient,
  options: {
    readonly instance: Instance;
    /** The pod as the server has just created it. */
    readonly known: V1Pod;
    readonly scheduleTimeoutMs: number;
    readonly onProgress?: OnProgress | undefined;
    readonly abortSignal: AbortSignal;
  },
): Promise<V1Pod> {
  const { instance, onProgress } = options;
  const { name, namespace } = instance;
  using scheduling = new SchedulingDeadline(options.scheduleTimeoutMs);
  using secondPull = new SecondPull();
  using ended = new AbortOnDispose(options.abortSignal);
  const mounting = new AbortController();
  const looking = findFailedMount(client, { pod: options.known, abortSignal: ended.signal });
  looking.then((failure) => failure && mounting.abort(failure)).catch(() => {});
  const abortSignal = AbortSignal.any([options.abortSignal, scheduling.signal, mounting.signal, secondPull.signal]);
  for await (const state of watchObject<V1Pod>(client, {
    call: { ...RESOURCE.pods, namespace, name },
    known: options.known,
    abortSignal,
  })) {
    if (state.type === 'gone') throw startFailed(`The pod ${name} was deleted while it was starting.`);
    const { object } = state;
    if (isRunning(object)) return object;
    const failure = secondPull.failureOf(object);
    if (failure !== undefined) throw failure;
    scheduling.update(unschedulable(object), name);
    onProgress?.({ phase: 'starting', message: describe(object) });
  }
  throw startFailed(`The pod ${name} could not be watched.`);
}

function describe(pod: V1Pod): string {
  const why = unschedulable(pod) ?? containerStatus(pod)?.state?.waiting?.reason ?? pod.status?.phase ?? 'Pending';
  return `Pod ${pod.metadata?.name}: ${why}`;
}
