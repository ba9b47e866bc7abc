import type { CodeBlock } from '../contract/code-block.ts';
import type { ExecuteOptions, StartOptions } from '../contract/code-executor.ts';
import type { CodeResult } from '../contract/code-result.ts';
import type { ExecutionEvent } from '../contract/execution-event.ts';
import type { OnProgress, ProgressEvent } from '../contract/sandbox-provider.ts';
import { abortable } from '../control/abortable.ts';
import { CallControl, cancelledByCaller } from '../control/call-control.ts';
import { CallDeadline } from '../control/call-deadline.ts';
import type { EndCause } from '../control/end-cause.ts';
import { EventChannel } from '../control/event-channel.ts';
import { FifoQueue } from '../control/fifo-queue.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { BaseCodeExecutor } from './base-code-executor.ts';
import { endedByCause } from './block-ending.ts';
import { type CloseReason, type KeptSession, SessionKeeper } from './session-keeper.ts';
import { validateCall } from './validate-call.ts';

export interface OpenSessionOptions {
  readonly onProgress: OnProgress;
  /** If the signal aborts, nothing may be left behind. */
  readonly abortSignal: AbortSignal;
}

export interface PrepareSessionOptions extends OpenSessionOptions {
  /** Discards the session. Call it if the session does not answer. */
  readonly discard: () => void;
}

/** A call, and all objects that are needed to run its blocks. */
export interface SessionCall<Session> {
  readonly session: Session;
  /** At least one block. */
  readonly blocks: readonly CodeBlock[];
  /** Validated options. The time limit is in `deadline`. */
  readonly options: ExecuteOptions;
  /** Ends when the caller aborts, the executor stops, or a step of `deadline` takes too long. */
  readonly control: CallControl;
  /** Use it to run every operation on the session, so that the time limit applies. */
  readonly deadline: CallDeadline;
  /** Sends an event other than `status` and `end`. Resolves when the consumer has room for more. */
  readonly emit: (event: ExecutionEvent) => Promise<void>;
  /** Discards the session. Call it if the session can no longer be trusted. */
  readonly discard: () => void;
}

/** The part of a result that comes from the blocks. */
export type SessionCallResult = Omit<CodeResult, 'stateLost' | 'durationMs' | 'startMs'> & {
  /** True if a part of the session's state was lost, for example a kernel. */
  readonly stateLost?: boolean;
};

interface Work {
  readonly blocks: readonly CodeBlock[];
  readonly options: ExecuteOptions;
  readonly control: CallControl;
  readonly channel: EventChannel<ExecutionEvent>;
  /** The `block-start` and `block-end` events that were sent. A call that is run again in another session does not repeat them. */
  readonly sent: Set<string>;
}

/**
 * Base class for executors that keep a session and run one call at a time in it. It implements the queue, cancellation, the time limit of
 * each call, events, a start that all waiting callers share, and the replacement of lost sessions. A subclass implements `capabilities`,
 * `describe()` and the methods that start with an underscore.
 */
export abstract class QueuedCodeExecutor<Session extends KeptSession> extends BaseCodeExecutor {
  readonly #timeoutMs: number;
  readonly #keeper: SessionKeeper<Session>;
  readonly #queue = new FifoQueue();
  #lifetime = new AbortController();

  /** `timeoutMs` is the time limit for calls that set no limit. */
  constructor(options: { readonly timeoutMs: number }) {
    super();
    this.#timeoutMs = options.timeoutMs;
    this.#keeper = new SessionKeeper({
      open: (options) => this._openSession(options),
      close: (session, reason) => this._closeSession(session, reason),
    });
  }

  /** Opens a session. Set the session's `lostReason` when the session can no longer be used. */
  protected abstract _openSession(options: OpenSessionOptions): Promise<Session>;
  /** Closes a session, or detaches from it. If it rejects, it is called again later. */
  protected abstract _closeSession(session: Session, reason: CloseReason): Promise<void>;
  /** Runs the blocks of a call. Rejects only if the platform failed before the first program could start. */
  protected abstract _runCall(call: SessionCall<Session>): Promise<SessionCallResult>;
  /** Prepares a session before the time limit of a call begins. It is called for every call, for one call at a time. */
  protected _prepareSession?(session: Session, options: PrepareSessionOptions): Promise<void>;
  /** Returns the milliseconds between TERM and KILL in the session. Default 2 s. */
  protected _graceMs?(session: Session): number | undefined;

  /** Returns the open session, if there is one. */
  protected get session(): Session | undefined {
    return this.#keeper.session;
  }

  /** Returns the open session. Opens a session if necessary. */
  protected acquireSession(options: StartOptions): Promise<Session> {
    return this.#keeper.acquire(options);
  }

  async start(options: StartOptions = {}): Promise<void> {
    await this.#keeper.acquire(options);
  }

  async restart(options: StartOptions = {}): Promise<void> {
    await this.stop();
    await this.start(options);
  }

  async stop(options: { readonly abortSignal?: AbortSignal | undefined } = {}): Promise<void> {
    await abortable(this.#end('stopped'), options.abortSignal);
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    await this.#end('disposed');
  }

  stream(blocks: readonly CodeBlock[], options: ExecuteOptions = {}): AsyncIterable<ExecutionEvent> {
    const valid = validateCall(blocks, options);
    if (valid.options.contextId !== undefined && this.capabilities.state !== 'kernel') throw noContexts();
    return this.#generate(valid);
  }

  #end(reason: Exclude<CloseReason, 'discarded'>): Promise<void> {
    this.#lifetime.abort();
    this.#lifetime = new AbortController();
    return this.#keeper.release(reason);
  }

  async *#generate(call: Pick<Work, 'blocks' | 'options'>): AsyncGenerator<ExecutionEvent, void, void> {
    using control = new CallControl();
    control.follow(call.options.abortSignal, cancelledByCaller);
    control.follow(this.#lifetime.signal, () => ({ kind: 'stopped', reason: 'The executor was stopped.' }));
    const channel = new EventChannel<ExecutionEvent>();
    const producing = this.#produce({ ...call, control, channel, sent: new Set() }).finally(() => channel.close());
    producing.catch(() => {});
    try {
      for (let event = await channel.next(); event !== undefined; event = await channel.next()) yield event;
      await producing;
    } finally {
      control.end({ kind: 'cancelled', reason: 'The caller stopped reading the stream.', error: undefined });
      channel.abandon();
      await producing.catch(() => {});
    }
  }

  async #produce(work: Work): Promise<void> {
    const { control, channel } = work;
    let leave: (() => void) | undefined;
    let enteredMs = performance.now();
    try {
      leave = await this.#queue.enter(control.signal);
      enteredMs = performance.now();
      await channel.send({ type: 'end', result: await this.#runInLivingSession(work, enteredMs) });
    } catch (error) {
      if (control.cause === undefined) throw error;
      const startMs = leave === undefined ? 0 : performance.now() - enteredMs;
      const stateLost = leave !== undefined && this.#keeper.takeStateLoss();
      await channel.send({ type: 'end', result: { ...neverStarted(control.cause), startMs, stateLost } });
    } finally {
      leave?.();
    }
  }

  /** Runs a call. If no program could start because the session had ended unnoticed since the last call, uses a new session. */
  async #runInLivingSession(work: Work, enteredMs: number): Promise<CodeResult> {
    const session = await this.#acquireReady(work);
    try {
      return await this.#run(work, { session, enteredMs });
    } catch (error) {
      if (work.control.cause !== undefined || !(SandpodError.isInstance(error) && error.code === 'sandbox-ended')) throw error;
      session.lostReason ??= error.message;
      this.#keeper.discard(session);
    }
    return this.#run(work, { session: await this.#acquireReady(work), enteredMs });
  }

  async #acquireReady({ options, control, channel }: Work): Promise<Session> {
    const abortSignal = control.signal;
    const onProgress = (progress: ProgressEvent): void => {
      options.onProgress?.(progress);
      void channel.send({ type: 'status', progress });
    };
    const session = await this.#keeper.acquire({ abortSignal, onProgress });
    await this._prepareSession?.(session, { abortSignal, onProgress, discard: () => this.#keeper.discard(session) });
    return session;
  }

  async #run(work: Work, ready: { readonly session: Session; readonly enteredMs: number }): Promise<CodeResult> {
    const { session, enteredMs } = ready;
    const { control, channel, sent, blocks, options } = work;
    const stateWasLost = this.#keeper.takeStateLoss();
    const discard = (): void => this.#keeper.discard(session);
    const timeoutMs = options.timeoutMs ?? this.#timeoutMs;
    const deadline = new CallDeadline({ control, timeoutMs, graceMs: this._graceMs?.(session), discard });
    const emit = async (event: ExecutionEvent): Promise<void> => {
      const key = event.type === 'block-start' || event.type === 'block-end' ? `${event.type} ${event.index}` : undefined;
      if (key !== undefined && sent.has(key)) return;
      if (key !== undefined) sent.add(key);
      await channel.send(event);
    };
    const result = await this._runCall({ session, blocks, options, control, deadline, emit, discard });
    const totalMs = performance.now() - deadline.startedMs;
    return {
      ...result,
      stateLost: this.#isLost(session, result) || stateWasLost || result.stateLost === true,
      startMs: deadline.startedMs - enteredMs + deadline.startMs,
      durationMs: totalMs - deadline.startMs,
    };
  }

  /** Returns true if the session is lost. Discards a lost session immediately, so that this result reports the loss. */
  #isLost(session: Session, result: Pick<CodeResult, 'outcome'>): boolean {
    if (result.outcome === 'session-lost') this.#keeper.discard(session);
    return session.lostReason !== undefined && this.#keeper.takeStateLoss();
  }
}

function neverStarted(cause: EndCause): Omit<CodeResult, 'stateLost'> {
  return { ...endedByCause(cause), output: '', stdout: '', stderr: '', blocks: [], files: [], results: [], durationMs: 0 };
}

function noContexts(): SandpodError {
  return new SandpodError({ code: 'unsupported', message: 'This executor has no contexts: contextId cannot be set.' });
}
