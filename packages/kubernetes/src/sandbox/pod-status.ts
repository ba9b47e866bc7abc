import type { V1ContainerStateTerminated, V1ContainerStatus, V1Pod, V1PodCondition } from '@kubernetes/client-node';
import { SandpodError, sanitizeTerminalText } from '@sandpod/core';
import { containerNameOf, containerSpecOf } from '../manifest/sandbox-container.ts';

const NEEDS_SHELL =
  'The image has no shell named sh, which a sandbox needs. Choose an image that has a shell, such as python:3-slim or busybox.';

/** Advice for a container that ended at once, by patterns in the message from runc or gVisor. */
const ADVICE_BY_MESSAGE: readonly (readonly [words: RegExp, advice: string])[] = [
  [/"sh": .*not found|executable "sh" in PATH/, NEEDS_SHELL],
  [/exec format error/, "The image was built for another processor architecture. Choose an image for the node's architecture."],
];

/**
 * The maximum length of a shown message, and the number of characters at the end of an argument that identify the argument in a message.
 */
const SHOWN_CHARACTERS = 1_000;
const KNOWN_BY = 100;

/** Reasons for which a container waits, with advice. They resolve by themselves only slowly or never. */
const FATAL_WAITING_REASONS: Readonly<Record<string, string>> = {
  ErrImagePull: 'Check the name of the image. For a private registry, also check imagePullSecrets.',
  ImagePullBackOff: 'Check the name of the image. For a private registry, also check imagePullSecrets.',
  ErrImageNeverPull: 'The node does not have the image, and imagePullPolicy is Never.',
  InvalidImageName: 'Correct the name of the image.',
  CreateContainerConfigError: 'An object that the container needs does not exist, for example a secret.',
  CreateContainerError: 'The container runtime rejected the container; the message contains the reason.',
  RunContainerError: NEEDS_SHELL,
  CrashLoopBackOff: 'The container exits immediately.',
};

export function containerStatus(pod: V1Pod): V1ContainerStatus | undefined {
  return pod.status?.containerStatuses?.find(({ name }) => name === containerNameOf(pod));
}

export function isRunning(pod: V1Pod): boolean {
  return containerStatus(pod)?.state?.running !== undefined && pod.metadata?.deletionTimestamp === undefined;
}

/** Returns the pod's own deadline in milliseconds since the epoch, or undefined if `podSpec` sets no deadline. */
export function deadlineOf({ metadata, spec, status }: V1Pod): number | undefined {
  const seconds = spec?.activeDeadlineSeconds;
  const start = status?.startTime ?? metadata?.creationTimestamp;
  return seconds === undefined || start === undefined ? undefined : new Date(start).getTime() + seconds * 1_000;
}

/** Returns an error that explains why a pod cannot start, or undefined if it still can. */
export function startFailure(pod: V1Pod): SandpodError | undefined {
  const name = pod.metadata?.name ?? '';
  if (pod.metadata?.deletionTimestamp !== undefined) return startFailed(`The pod ${name} was deleted while it was starting.`);
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  const waiting = [...initContainerStatuses, ...containerStatuses]
    .map(({ state }) => state?.waiting)
    .find((each) => FATAL_WAITING_REASONS[each?.reason ?? ''] !== undefined);
  const advice = FATAL_WAITING_REASONS[waiting?.reason ?? ''];
  if (advice !== undefined) return startFailed(`The pod ${name} cannot start: ${waiting?.reason}: ${waiting?.message ?? ''}`, advice);
  const ended = endedReason(pod);
  if (ended === undefined) return undefined;
  const { message = '' } = endedContainer(pod)?.terminated ?? {};
  // No guest code has run yet, so the message is from the image or the runtime.
  const lastWords = shorten(sanitizeTerminalText(message).trim(), containerSpecOf(pod)?.command);
  const [, wanted] = ADVICE_BY_MESSAGE.find(([words]) => words.test(lastWords)) ?? [];
  return startFailed(`The pod ${name} ended at once: ${joined(ended, lastWords)}`, wanted);
}

/** Shortens a message from gVisor, which repeats the command. The network test in the command would hide the reason. */
function shorten(text: string, command: readonly string[] = []): string {
  const short = command.filter((word) => word.length > KNOWN_BY).reduce(leaveOut, text);
  return short.length > SHOWN_CHARACTERS ? `${short.slice(0, SHOWN_CHARACTERS)}…` : short;
}

/** Removes an argument from a text, even if the text contains only the end of the argument. */
function leaveOut(text: string, word: string): string {
  const parts = text.split(word.slice(-KNOWN_BY));
  const cut = parts.map((part, index) => {
    if (index === parts.length - 1) return part;
    let length = 0;
    while (length < part.length && part.at(-1 - length) === word.at(-1 - KNOWN_BY - length)) length += 1;
    return part.slice(0, part.length - length);
  });
  return cut.join('…');
}

/** Returns the scheduler's message for an unschedulable pod, or undefined for other pods. */
export function unschedulable(pod: V1Pod): string | undefined {
  const condition = unscheduled(pod);
  return condition?.reason === 'Unschedulable' ? condition.message : undefined;
}

function unscheduled(pod: V1Pod): V1PodCondition | undefined {
  return pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
}

/** Returns a sentence with the reason why a starting pod is waiting, or undefined if the reason is unknown. */
export function waitsFor(pod: V1Pod): string | undefined {
  const { initContainerStatuses = [] } = pod.status ?? {};
  const condition = unscheduled(pod);
  if (condition !== undefined) return `The pod is not scheduled: ${condition.message ?? condition.reason}`.replace(/\.?$/, '.');
  const sides = pod.spec?.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name);
  const running = initContainerStatuses.find(({ name, state }) => state?.running !== undefined && !sides?.includes(name));
  if (running !== undefined) return `The init container ${running.name} has not ended.`;
  const { reason, message } = containerStatus(pod)?.state?.waiting ?? {};
  return reason === undefined ? undefined : `The container is waiting: ${joined(reason, message)}.`;
}

/**
 * Returns the reason why a pod has ended, or undefined if it has not ended. Excludes the container's message, which guest code can write.
 */
export function endedReason(pod: V1Pod): string | undefined {
  const { phase, reason, message } = pod.status ?? {};
  const { name, terminated } = endedContainer(pod) ?? {};
  if (terminated !== undefined) return joined(name, terminated.reason, `exit code ${terminated.exitCode}`, message);
  if (phase === 'Failed' || phase === 'Succeeded') return joined(phase, reason, message);
  return undefined;
}

/** Finds the container that ended the pod: the sandbox's container, or an init container that failed. */
function endedContainer(pod: V1Pod): { readonly name?: string; readonly terminated: V1ContainerStateTerminated } | undefined {
  const terminated = containerStatus(pod)?.state?.terminated;
  if (terminated !== undefined) return { terminated };
  if (pod.status?.phase !== 'Failed') return undefined;
  for (const { name, state } of pod.status.initContainerStatuses ?? []) {
    const end = state?.terminated;
    if (end !== undefined && end.exitCode !== 0) return { name: `init container ${name}`, terminated: end };
  }
  return undefined;
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(', ');
}

export function startFailed(message: string, advice?: string): SandpodError {
  return new SandpodError({ code: 'start-failed', message, ...(advice === undefined ? {} : { advice }) });
}
