import { DEFAULT_GRACE_MS } from '../contract/defaults.ts';
import { abortable } from './abortable.ts';
import type { CallControl } from './call-control.ts';
import type { EndCause } from './end-cause.ts';
import { settlesWithin } from './settles-within.ts';

/** Milliseconds that a session has, beyond limit and grace, to end a program itself before it counts as stuck. */
const OUTER_MARGIN_MS = 3_000;
/** Milliseconds that work after the program has at least, even if the program used all of the time. */
const CLEAN_UP_MS = 3_000;
/** Milliseconds that an operation has to settle after it was aborted before the session counts as stuck. */
const SETTLE_MS = 2_000;

export interface CallDeadlineOptions {
  readonly control: CallControl;
  /** Milliseconds for the whole call. */
  readonly timeoutMs: number;
  /** Milliseconds between TERM and KILL. Default 2 s. */
  readonly graceMs?: number | undefined;
  /** Is called if an operation neither ends in time nor reacts to its abort. */
  readonly discard: () => void;
}

/**
 * The one time limit of a call. Everything that a call asks of its session is a step of it: a step that takes too long is aborted,
 * and a session that does not react to that is discarded. Time in which nothing is asked of the session ends no call.
 */
export class CallDeadline {
  readonly startedMs: number = performance.now();
  readonly timeoutMs: number;
  readonly #control: CallControl;
  readonly #graceMs: number;
  readonly #discard: () => void;
  #startMs = 0;
  #cleanUpEndMs: number | undefined;
  #stuckCause: EndCause | undefined;

  constructor(options: CallDeadlineOptions) {
    this.timeoutMs = options.timeoutMs;
    this.#control = options.control;
    this.#graceMs = options.graceMs ?? DEFAULT_GRACE_MS;
    this.#discard = options.discard;
  }

  /** Milliseconds that the first program took to start. */
  get startMs(): number {
    return this.#startMs;
  }

  /** What ended the step that the session did not react to. Undefined unless the session was discarded for that. */
  get stuckCause(): EndCause | undefined {
    return this.#stuckCause;
  }

  remainingMs(): number {
    return this.startedMs + this.timeoutMs - performance.now();
  }

  /** Milliseconds after which a program has ended, if its session enforces the limit itself. */
  remainingOuterMs(): number {
    return this.remainingMs() + this.#graceMs + OUTER_MARGIN_MS;
  }

  /** The cause for a call that reached its limit. `step` completes "while". */
  timedOut(step?: string): Extract<EndCause, { kind: 'timeout' }> {
    const where = step === undefined ? '' : ` while ${step}`;
    return { kind: 'timeout', reason: `The time limit of ${this.timeoutMs} ms was reached${where}.` };
  }

  /**
   * Runs one step of the call. `step` completes "The time limit was reached while".
   *
   * @throws the {@link EndCause} if the call is ended before the step is done; else what the step throws.
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

  /** Starts a program: like {@link step}, but with the program's grace. The time for the first program is kept apart. */
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

  /** From now on steps have the rest of the time limit, and a few seconds at least. */
  beginCleanUp(): void {
    this.#cleanUpEndMs ??= Math.max(this.startedMs + this.timeoutMs, performance.now() + CLEAN_UP_MS);
  }

  /**
   * Runs a step that must not be left out, even if the call was ended. Call {@link beginCleanUp} first.
   *
   * @throws the {@link EndCause} if the step takes too long; else what it throws.
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
