import type { CreateOptions } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import { pause } from '../client/pause.ts';
import type { Instance } from '../manifest/lease-job.ts';
import { nameInstance } from '../manifest/name-instance.ts';
import type { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { deleteAttempt } from './delete-sandbox.ts';
import { explainTimeout } from './explain-timeout.ts';
import type { Machinery } from './machinery.ts';
import { makeSandbox } from './make-sandbox.ts';
import { useAgain } from './use-again.ts';

/** Milliseconds by which the cleanup after a failed start may delay the error. */
const CLEAN_UP_MS = 1_500;

/**
 * Creates a sandbox, or reuses the kept pod that has the name. Applies the time limit for a start.
 *
 * @throws {SandpodError} with the reason.
 */
export async function createSandbox(machinery: Machinery, given: CreateOptions): Promise<PodSandbox> {
  const { client, namespace, options } = machinery;
  const { startTimeoutMs = options.startTimeoutMs, abortSignal } = given;
  const instance = nameInstance(options, { ...given, namespace });
  const deadline = AbortSignal.timeout(startTimeoutMs);
  const signal = abortSignal === undefined ? deadline : AbortSignal.any([abortSignal, deadline]);
  // A kept pod can be found only by its name.
  const isNamed = options.autoRemove === false && options.podName !== undefined;
  const starting = (isNamed ? useAgain : makeSandbox)(machinery, { instance, ...given, abortSignal: signal });
  try {
    return await abortable(starting, signal);
  } catch (error) {
    const isTimeout = deadline.aborted && !abortSignal?.aborted;
    const reason = isTimeout ? await explainTimeout(client, { ...instance, startTimeoutMs }) : error;
    await cleanUp(machinery, { starting, instance });
    throw reason;
  }
}

/**
 * Removes the objects of a failed start. Waits only briefly for requests in progress; the cluster removes the remaining objects later,
 * together with the lease.
 */
async function cleanUp(
  machinery: Machinery,
  options: { readonly starting: Promise<PodSandbox>; readonly instance: Instance },
): Promise<void> {
  const { starting, instance } = options;
  const removed = starting.then(
    (sandbox) => (sandbox.id === instance.id ? sandbox[Symbol.asyncDispose]() : sandbox.detach({ leftovers: 'keep' })),
    () => deleteAttempt(machinery.client, instance),
  );
  await Promise.race([removed.catch(() => {}), pause(CLEAN_UP_MS)]);
}
