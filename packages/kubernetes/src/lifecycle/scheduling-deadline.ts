import type { SandpodError } from '@sandpod/core';
import { startFailed } from '../sandbox/pod-status.ts';

/** Matches the scheduler's message about a missing object that the pod needs and that only a person can create. */
const MISSING = /(persistentvolumeclaim|resourceclaim) "[^"]*" (not found|is being deleted)/i;
/** Milliseconds for the scheduler to notice an object that was created just before the pod. */
const MISSING_MS = 2_000;

/** Aborts with the reason when a pod has been unschedulable for too long. */
export class SchedulingDeadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #timeoutMs: number;
  #timer: NodeJS.Timeout | undefined;
  #problem: string | undefined;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /**
   * Starts or stops the deadline. `problem` is the scheduler's message; undefined if the pod is scheduled or the scheduler has not
   * considered it yet.
   */
  update(problem: string | undefined, name: string): void {
    if (problem === this.#problem) return;
    const isMissing = problem !== undefined && MISSING.test(problem);
    const wasMissing = this.#problem !== undefined && MISSING.test(this.#problem);
    if (problem === undefined || isMissing !== wasMissing) this[Symbol.dispose]();
    this.#problem = problem;
    if (problem === undefined) return;
    const timeoutMs = isMissing ? Math.min(MISSING_MS, this.#timeoutMs) : this.#timeoutMs;
    this.#timer ??= setTimeout(() => this.#controller.abort(isMissing ? missing(problem, name) : noRoom(problem, name)), timeoutMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function missing(problem: string, name: string): SandpodError {
  return startFailed(
    `The pod ${name} cannot be scheduled: ${problem}`,
    'Create the named claim in the namespace of the pod, or correct its name.',
  );
}

function noRoom(problem: string, name: string): SandpodError {
  const advice =
    'Lower the requests, fix the other problems in the message, add nodes, or raise scheduleTimeoutMs if nodes are added on demand.';
  return startFailed(`No node has room for the pod ${name}: ${problem}`, advice);
}
