import type { V1Pod } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import type { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { deleteAttempt } from './delete-sandbox.ts';
import { findLiving } from './find-living.ts';
import { freeName } from './free-name.ts';
import { infoOf } from './list-pods.ts';
import type { Machinery } from './machinery.ts';
import { type MakeOptions, makeSandbox } from './make-sandbox.ts';
import { openSandbox } from './open-sandbox.ts';
import { awaitInitCommand } from './run-init-command.ts';

/** Uses the living pod of a name, else creates it; if several try at once, one creates it and the others use it. */
export async function useAgain(machinery: Machinery, making: MakeOptions): Promise<PodSandbox> {
  const { client, namespace, options: pod } = machinery;
  const { instance, abortSignal } = making;
  const named = { namespace, name: instance.name, pod, abortSignal };
  for (;;) {
    const living = await findLiving(client, named);
    if (living !== undefined) {
      const sandbox = await reopen(machinery, { ...making, pod: living });
      if (await isPrepared(sandbox, { initCommand: pod.initCommand, abortSignal })) return sandbox;
      await sandbox.remove();
      continue;
    }
    try {
      return await makeSandbox(machinery, making);
    } catch (error) {
      if (!(SandpodError.isInstance(error) && error.code === 'sandbox-exists')) throw error;
      await deleteAttempt(client, instance);
      await freeName(client, named);
    }
  }
}

async function reopen(machinery: Machinery, making: MakeOptions & { readonly pod: V1Pod }): Promise<PodSandbox> {
  const { client, network, version } = machinery;
  const { pod, name: wanted, onProgress, abortSignal } = making;
  const { id } = infoOf(pod);
  const sandbox = openSandbox(machinery, { id, pod });
  try {
    if (wanted !== undefined && wanted !== id) throw otherId(sandbox.podName, { id, wanted });
    const policy = network.close();
    await Promise.all([sandbox.warm(abortSignal), version.learn(client, abortSignal), abortable(policy, abortSignal)]);
    await network.prove(sandbox, { policy, abortSignal });
  } catch (error) {
    await sandbox.leave();
    throw error;
  }
  onProgress?.({ phase: 'ready', message: `The pod ${sandbox.podName} was running already.` });
  return sandbox;
}

/** False: the process that created the pod did not finish its `initCommand`, and never will. */
async function isPrepared(
  sandbox: PodSandbox,
  { initCommand, abortSignal }: { readonly initCommand: string | undefined; readonly abortSignal: AbortSignal },
): Promise<boolean> {
  try {
    return await awaitInitCommand(sandbox, initCommand, abortSignal);
  } catch (error) {
    await sandbox.leave();
    throw error;
  }
}

function otherId(name: string, { id, wanted }: { readonly id: string; readonly wanted: string }): SandpodError {
  return new SandpodError({ code: 'sandbox-exists', message: `The pod ${name} belongs to the sandbox ${id}, not to ${wanted}.` });
}
