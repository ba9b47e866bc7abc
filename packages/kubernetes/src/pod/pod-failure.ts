import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { SandpodError } from '@sandpod/core';
import { containerNameOf } from '../spec/pod-spec.ts';

const NEEDS_SHELL = 'The image lacks what a sandbox needs: a shell named sh. Choose one that has it, such as python:3-slim or busybox.';

/** Reasons for waiting that do not pass by themselves, or not soon. */
const HOPELESS: Readonly<Record<string, string>> = {
  ErrImagePull: 'Check the name of the image, and imagePullSecrets for a private registry.',
  ImagePullBackOff: 'Check the name of the image, and imagePullSecrets for a private registry.',
  ErrImageNeverPull: 'The node does not have the image, and imagePullPolicy is Never.',
  InvalidImageName: 'Correct the name of the image.',
  CreateContainerConfigError: 'The container needs something that does not exist, for example a secret.',
  CreateContainerError: 'The container runtime refused the container; the message says why.',
  RunContainerError: NEEDS_SHELL,
  CrashLoopBackOff: 'The container ends at once.',
};

export function containerStatus(pod: V1Pod): V1ContainerStatus | undefined {
  return pod.status?.containerStatuses?.find(({ name }) => name === containerNameOf(pod));
}

export function isRunning(pod: V1Pod): boolean {
  return containerStatus(pod)?.state?.running !== undefined && pod.metadata?.deletionTimestamp === undefined;
}

/** Why a pod will not start, or undefined while it still may. */
export function startFailure(pod: V1Pod): SandpodError | undefined {
  const name = pod.metadata?.name ?? '';
  if (pod.metadata?.deletionTimestamp !== undefined) return startFailed(`The pod ${name} was deleted while it started.`);
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  const waiting = [...initContainerStatuses, ...containerStatuses]
    .map(({ state }) => state?.waiting)
    .find((each) => HOPELESS[each?.reason ?? ''] !== undefined);
  const advice = HOPELESS[waiting?.reason ?? ''];
  if (advice !== undefined) return startFailed(`The pod ${name} cannot start: ${waiting?.reason}: ${waiting?.message ?? ''}`, advice);
  const ended = endedReason(pod);
  if (ended === undefined) return undefined;
  const hasNoShell = containerStatus(pod)?.state?.terminated?.reason === 'StartError' && /"sh": .*not found/.test(ended);
  return startFailed(`The pod ${name} ended at once: ${ended}`, hasNoShell ? NEEDS_SHELL : undefined);
}

/** What the scheduler says of a pod that has no room, or undefined. */
export function unschedulable(pod: V1Pod): string | undefined {
  const condition = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  return condition?.reason === 'Unschedulable' ? condition.message : undefined;
}

/** Why a pod that ran has ended, or undefined while it runs. */
export function endedReason(pod: V1Pod): string | undefined {
  const { phase, reason, message } = pod.status ?? {};
  const terminated = containerStatus(pod)?.state?.terminated;
  if (terminated !== undefined)
    return [terminated.reason, `exit code ${terminated.exitCode}`, terminated.message, message].filter(Boolean).join(', ');
  if (phase === 'Failed' || phase === 'Succeeded') return [phase, reason, message].filter(Boolean).join(', ');
  return undefined;
}

export function startFailed(message: string, advice?: string): SandpodError {
  return new SandpodError({ code: 'start-failed', message, ...(advice === undefined ? {} : { advice }) });
}
