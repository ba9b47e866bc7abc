import { DEFAULT_GRACE_MS } from '../contract/defaults.ts';
import { abortable } from './abortable.ts';
import type { CallControl } from './call-control.ts';
import type { EndCause } from './end-cause.ts';
import { settlesWithin } from './settles-within.ts';

/**
 * Extra milliseconds, after the time limit and the grace period, for the session to end a program. After that, the session counts as stuck.
 */
const OUTER_MARGIN_MS = 3_000;
/** Minimum time in milliseconds for work after the program, even if the program used the whole time limit. */
const CLEAN_UP_MS = 3_000;
/** Milliseconds to wait for an aborted operation to settle. After that, the session counts as stuck. */
const SETTLE_MS = 2_000;

export interface CallDeadlineOptions {
  readonly control: CallControl;
  /** Time limit of the whole call in milliseconds. */
  readonly timeoutMs: number;
  /** Milliseconds between TERM and KILL. Default 2 s. */
  readonly graceMs?: number | undefined;
  /** Called if an operation neither ends in time nor reacts to its abort. */
  readonly discard: () => void;
}

/**
 * Enforces the time limit of a call. Every operation of a call on its session is a step. A step that takes too long is aborted, and a
 * session that does not react to the abort is discarded. If the limit passes while no step is running, the call does not end.
 */
export class CallDeadline {
  readonly startedMs: number = performance.now();
  readonly timeoutMs: number;
  readonly #control: CallControl;
  readonly #graceMs: number;
  readonly #discard: () => void;
  #startMs = 0;
  #excludedMs = 0;
  #cleanUpEndMs: number | undefined;
  #stuckCause: EndCause | undefined;

  constructor(options: CallDeadlineOptions) {
    this.timeoutMs = options.timeoutMs;
    this.#control = options.control;
    this.#graceMs = options.graceMs ?? DEFAULT_GRACE_MS;
    this.#discard = options.discard;
  }

  /** Returns the milliseconds that the first program took to start. */
  get startMs(): number {
    return this.#startMs;
  }

  /** If the session was discarded because it did not react to an abort, returns the cause of the abort. Otherwise returns undefined. */
  get stuckCause(): EndCause | undefined {
    return this.#stuckCause;
  }

  remainingMs(): number {
    return this.startedMs + this.#excludedMs + this.timeoutMs - performance.now();
  }

  /**
   * Returns the milliseconds until the outer limit, which is later than the time limit. A session that enforces the time limit itself
   * therefore has time to end the program.
   */
  remainingOuterMs(): number {
    return this.remainingMs() + this.#graceMs + OUTER_MARGIN_MS;
  }

  /** Returns the cause for a call that reached its time limit. `step` completes the words "was reached while …". */
  timedOut(step?: string): Extract<EndCause, { kind: 'timeout' }> {
    const where = step === undefined ? '' : ` while ${step}`;
    return { kind: 'timeout', reason: `The time limit of ${this.timeoutMs} ms was reached${where}.` };
  }

  /**
   * Runs one step of the call. `step` completes the message "The time limit was reached while …".
   *
   * @throws the {@link EndCause} if the call is ended before the step is done. Otherwise, the error from the step.
   */
  async step<T>(step: string, operate: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    return await this.#step(step, { operate, limitMs: this.#limitMs() });
  }

  async #step<T>(
    step: string,
    { operate, limitMs }: { readonly operate: (abortSignal: AbortSignal) => Promise<T>; readonly limitMs: number },
  ): Promise<T> {
    this.#control.signal.throwIfAborted();
    using _timer = this.#control.endAfter(limitMs, this.timedOut(step));
    return await this.#follow(operate(this.#control.signal), this.#control.signal);
  }

  /**
   * Starts a program. Like {@link step}, but the grace period is added to the limit. If the program is the first, its start time is added
   * to `startMs`.
   */
  async start<T>(
    step: string,
    program: { readonly isFirst: boolean; readonly operate: (abortSignal: AbortSignal) => Promise<T> },
  ): Promise<T> {
    const startedMs = performance.now();
    try {
      return await this.#step(step, { operate: program.operate, limitMs: this.remainingMs() + this.#graceMs });
    } finally {
      if (program.isFirst) this.#startMs += performance.now() - startedMs;
    }
  }

  /** Starts an interpreter that later calls will use. The time that this takes is added to `startMs`, and does not count. */
  async startUp<T>(
    step: string,
    work: { readonly operate: (abortSignal: AbortSignal) => Promise<T>; readonly limitMs: number },
  ): Promise<T> {
    const startedMs = performance.now();
    try {
      return await this.#step(step, work);
    } finally {
      const tookMs = performance.now() - startedMs;
      this.#startMs += tookMs;
      this.#excludedMs += tookMs;
    }
  }

  /** Begins the clean-up. From now on, steps can use the rest of the time limit, but always have at least a few seconds. */
  beginCleanUp(): void {
    this.#cleanUpEndMs ??= performance.now() + Math.max(this.remainingMs(), CLEAN_UP_MS);
  }

  /**
   * Runs a step that is required even if the call was ended. Call {@link beginCleanUp} first.
   *
   * @throws the {@link EndCause} if the step takes too long. Otherwise, the error from the step.
   */
  async cleanUpStep<T>(step: string, operate: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(this.timedOut(step)), this.#limitMs());
    try {
      return await this.#follow(operate(controller.signal), controller.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  #limitMs(): number {
    return Math.max(0, this.#cleanUpEndMs === undefined ? this.remainingMs() : this.#cleanUpEndMs - performance.now());
  }

  async #follow<T>(operation: Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await abortable(operation, signal);
    } catch (error) {
      if (signal.aborted && !(await settlesWithin(operation, SETTLE_MS))) {
        this.#stuckCause ??= signal.reason as EndCause;
        this.#discard();
      }
      throw error;
    }
  }
}
