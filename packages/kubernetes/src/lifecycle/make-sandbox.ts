import type { V1Pod } from '@kubernetes/client-node';
import type { CreateOptions } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import { hasOwnProcess } from '../manifest/container.ts';
import { LABEL } from '../manifest/labels.ts';
import type { Instance } from '../manifest/lease-job.ts';
import type { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { AbortOnDispose } from './abort-on-dispose.ts';
import { awaitRunning } from './await-running.ts';
import { connectEarly } from './connect-early.ts';
import { createPod } from './create-pod.ts';
import { deleteAttempt } from './delete-sandbox.ts';
import { explainEarlyEnd } from './explain-early-end.ts';
import type { Lease } from './leases.ts';
import type { Machinery } from './machinery.ts';
import { openSandbox } from './open-sandbox.ts';
import { patchLease } from './patch-lease.ts';
import { requireWritable } from './require-writable.ts';
import { runInitCommand } from './run-init-command.ts';

export type MakeOptions = CreateOptions & { readonly instance: Instance; readonly abortSignal: AbortSignal };

/** Creates a lease and its pod, and waits until programs can run in the pod. @throws {SandpodError} `start-failed`, `sandbox-exists`. */
export async function makeSandbox(machinery: Machinery, making: MakeOptions): Promise<PodSandbox> {
  const { client, options, network, version, usable } = machinery;
  const { instance, onProgress, abortSignal } = making;
  onProgress?.({ phase: 'creating', message: `Creating the pod ${instance.name} from ${options.image}.` });
  const learning = version.learn(client, abortSignal);
  const policy = network.close();
  const created = await createPod(machinery, { instance, policy: abortable(policy, abortSignal), onProgress, abortSignal });
  const sandbox = openSandbox(machinery, { ...created, leftovers: 'end' });
  try {
    await awaitUsable(machinery, { ...making, sandbox, pod: created.pod, policy });
    await learning;
    await requireWritable(sandbox, { options, abortSignal });
    await runInitCommand(sandbox, options.initCommand, abortSignal);
    if (instance.isClaimable) await offer(machinery, created.lease);
  } catch (error) {
    await Promise.allSettled([sandbox.detach({ leftovers: 'keep' }), deleteAttempt(client, instance)]);
    throw error;
  }
  usable.add(instance.id);
  void sandbox.lost.then(() => usable.delete(instance.id));
  onProgress?.({ phase: 'ready', message: `The pod ${instance.name} is ready.` });
  return sandbox;
}

/** Makes a sandbox claimable. The sandbox must be ready, because a claim ends everything that runs in it. */
async function offer({ client, namespace }: Machinery, { objectName, uid }: Lease): Promise<void> {
  await patchLease(client, { namespace, lease: { objectName, uid }, metadata: { labels: { [LABEL.claimable]: 'true' } } });
}

/** Waits until programs can run in the pod. That may be up to a second before the cluster reports the pod as running. */
async function awaitUsable(
  machinery: Machinery,
  start: MakeOptions & { readonly sandbox: PodSandbox; readonly pod: V1Pod; readonly policy: Promise<boolean> },
): Promise<void> {
  const { client, namespace, options, network } = machinery;
  const { sandbox, pod, policy, instance, onProgress } = start;
  using failed = new AbortOnDispose(start.abortSignal);
  const { signal: abortSignal } = failed;
  const attempt = hasOwnProcess(options) ? instance.attempt : undefined;
  const identity = { namespace, name: instance.name, uid: pod.metadata?.uid ?? '' };
  const isNewName = options.podName === undefined;
  const running = awaitRunning(client, { ...options, instance, known: pod, onProgress, abortSignal });
  const proven = connectEarly(sandbox, { running, isNewName, abortSignal })
    .then(() => network.prove(sandbox, { policy, attempt, abortSignal }))
    .catch((error) => explainEarlyEnd(client, { identity, error, abortSignal }));
  await Promise.race([proven, running.then(() => proven)]);
}
