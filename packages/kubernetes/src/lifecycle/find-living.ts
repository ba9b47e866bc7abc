import type { V1Job, V1ObjectMeta, V1Pod } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import type { KubeClient } from '../client/kube-client.ts';
import { pause } from '../client/pause.ts';
import { RESOURCE } from '../client/resources.ts';
import { ANNOTATION, LABEL, MANAGED_BY } from '../manifest/labels.ts';
import { leaseJob } from '../manifest/lease-job.ts';
import { containerSpecOf, designOf, specOf } from '../manifest/pod-spec.ts';
import type { PodOptions } from '../options/pod-options.ts';
import type { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { endedReason, isRunning, startFailure } from '../sandbox/pod-status.ts';
import { deleteObject, deleteSandbox, uidsOf } from './delete-sandbox.ts';
import { awaitInitCommand } from './run-init-command.ts';

/** Milliseconds between two looks at a pod that comes or goes. */
const LOOK_EVERY_MS = 250;
/** Milliseconds after which a lease that has no pod is taken to have lost it. */
const LEASE_ALONE_MS = 20_000;

export interface NamedPod {
  readonly namespace: string;
  readonly name: string;
  readonly abortSignal: AbortSignal;
}

/**
 * The running pod of ours that has the name; undefined where the name is free, if need be once a pod that is going has gone.
 *
 * @throws {SandpodError} `sandbox-exists` for a pod that is not ours, or was made from other options.
 */
async function findLiving(client: KubeClient, options: NamedPod & { readonly pod: PodOptions }): Promise<V1Pod | undefined> {
  const { namespace, name, abortSignal } = options;
  for (let going: V1Pod | undefined; ; ) {
    const pod = await findNamed<V1Pod>(client, { ...options, kind: 'pods' });
    // A pod that somebody deleted leaves its lease, which has the name too.
    if (pod === undefined && going !== undefined) await deleteSandbox(client, { namespace, name, ...uidsOf(going) });
    if (pod === undefined) return undefined;
    if (!isOurs(pod)) throw exists(options, 'it was not made by sandpod', 'Choose another podName.');
    const next = whatToDo(pod, options);
    if (next === 'use') return pod;
    if (next === 'remove') await deleteSandbox(client, { namespace, name, ...uidsOf(pod) });
    going = pod;
    await pause(LOOK_EVERY_MS, abortSignal);
  }
}

function whatToDo(pod: V1Pod, options: NamedPod & { readonly pod: PodOptions }): 'use' | 'remove' | 'wait' {
  if (pod.metadata?.deletionTimestamp !== undefined) return 'wait';
  if (endedReason(pod) !== undefined) return 'remove';
  refuseOther(pod, options);
  if (isRunning(pod)) return 'use';
  const failure = startFailure(pod);
  if (failure !== undefined) throw failure;
  return 'wait';
}

/** Uses the living pod of a name, else makes one; of several that try at once one makes it, and the others use it. */
export async function reuseOrMake<Result extends PodSandbox>(
  client: KubeClient,
  options: NamedPod & {
    readonly pod: PodOptions;
    readonly reuse: (pod: V1Pod) => Promise<Result>;
    readonly make: () => Promise<Result>;
    /** Removes what a failed `make` has left. */
    readonly undo: () => Promise<void>;
  },
): Promise<Result> {
  for (;;) {
    const living = await findLiving(client, options);
    if (living !== undefined) {
      const sandbox = await options.reuse(living);
      if (await isPrepared(sandbox, options)) return sandbox;
      await sandbox.remove();
      continue;
    }
    try {
      return await options.make();
    } catch (error) {
      if (!(SandpodError.isInstance(error) && error.code === 'sandbox-exists')) throw error;
      await options.undo();
      await freeName(client, options);
    }
  }
}

/** False: who made the pod has not come to the end of its `initCommand`, and never will. */
async function isPrepared(sandbox: PodSandbox, { pod, abortSignal }: NamedPod & { readonly pod: PodOptions }): Promise<boolean> {
  try {
    return await awaitInitCommand(sandbox, pod.initCommand, abortSignal);
  } catch (error) {
    await sandbox.leave();
    throw error;
  }
}

/** Deletes a lease whose pod somebody deleted, so that the name is free; waits a moment for one whose pod is still to come. */
async function freeName(client: KubeClient, options: NamedPod & { readonly pod: PodOptions }): Promise<void> {
  const { namespace, name, abortSignal } = options;
  const lease = await findNamed<V1Job>(client, { ...options, kind: 'jobs' });
  if (lease !== undefined && !isOurs(lease)) throw exists(options, 'a Job of that name was not made by sandpod', 'Choose another podName.');
  const ageMs = lease === undefined ? 0 : (await serverTimeMs(client, options)) - createdMs(lease);
  if (ageMs > LEASE_ALONE_MS)
    await deleteObject(client, { call: { ...RESOURCE.jobs, verb: 'delete', namespace, name }, uid: lease?.metadata?.uid });
  await pause(LOOK_EVERY_MS, abortSignal);
}

/** The clock by which objects are dated: the server tells it of one that it would make. */
async function serverTimeMs(client: KubeClient, options: NamedPod & { readonly pod: PodOptions }): Promise<number> {
  const { namespace, pod, abortSignal } = options;
  const instance = { id: 'clock', name: '', namespace, labels: {}, attempt: '', expiresInMs: 60_000, nowMs: 0 };
  const body = { ...leaseJob(pod, instance), metadata: { generateName: 'sandpod-clock-' } };
  const call = { ...RESOURCE.jobs, verb: 'create', namespace } as const;
  return createdMs(await client.json<V1Job>({ call, query: { dryRun: 'All' }, body, abortSignal }));
}

function createdMs({ metadata }: V1Job): number {
  return new Date(metadata?.creationTimestamp ?? Number.NaN).getTime();
}

/** Removes the pod of ours that has the name, whatever it was made from; another one is left alone. */
export async function removeNamed(client: KubeClient, options: NamedPod): Promise<void> {
  const { namespace, name } = options;
  const pod = await findNamed<V1Pod>(client, { ...options, kind: 'pods' });
  if (pod === undefined || !isOurs(pod)) return;
  await deleteSandbox(client, { namespace, name, ...uidsOf(pod) });
}

async function findNamed<T extends V1Pod | V1Job>(
  client: KubeClient,
  options: NamedPod & { readonly kind: 'pods' | 'jobs' },
): Promise<T | undefined> {
  const { namespace, name, kind, abortSignal } = options;
  const call = { ...RESOURCE[kind], verb: 'list', namespace } as const;
  const list = await client.json<{ items: T[] }>({ call, query: { fieldSelector: `metadata.name=${name}` }, abortSignal });
  return list.items[0];
}

function isOurs({ metadata }: { readonly metadata?: V1ObjectMeta }): boolean {
  const { labels = {} } = metadata ?? {};
  return labels[LABEL.managedBy] === MANAGED_BY && labels[LABEL.id] !== undefined;
}

/** A pod of weaker protection, or of another image, is not what was asked for. */
function refuseOther(pod: V1Pod, options: NamedPod & { readonly pod: PodOptions }): void {
  const workspace = containerSpecOf(pod)?.workingDir ?? '/';
  const design = designOf(options.pod, specOf(options.pod, { workspace, expiresInMs: 1 }));
  if (pod.metadata?.annotations?.[ANNOTATION.design] === design) return;
  throw exists(options, 'it was made from other options', 'Remove it, with stop() or kubectl, or choose another podName.');
}

/** The error of a pod that is there, but belongs to another sandbox than the one that was asked for. */
export function otherId(name: string, { id, wanted }: { readonly id: string; readonly wanted: string }): SandpodError {
  return new SandpodError({ code: 'sandbox-exists', message: `The pod ${name} belongs to the sandbox ${id}, not to ${wanted}.` });
}

function exists({ name, namespace }: NamedPod, why: string, advice: string): SandpodError {
  const message = `The pod ${name} in namespace ${namespace} cannot be used: ${why}.`;
  return new SandpodError({ code: 'sandbox-exists', message, advice, details: { name, namespace } });
}
