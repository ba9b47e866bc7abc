import type { OnProgress, ProgressEvent } from '../contract/sandbox-provider.ts';
import { abortable } from '../control/abortable.ts';
import { settlesWithin } from '../control/settles-within.ts';

/** What an executor keeps between two calls, for example a sandbox or a kernel. */
export interface KeptSession {
  /** Why the session cannot be used any more, one sentence. Set once that is known. */
  lostReason?: string | undefined;
}

/**
 * Why a session is closed. `stopped`: by `stop()` or `restart()`. `disposed`: the executor's scope has ended.
 * `discarded`: the session was lost, or it does not answer.
 */
export type CloseReason = 'stopped' | 'disposed' | 'discarded';

export interface SessionKeeperOptions<Session extends KeptSession> {
  /** Opens a session. If the signal aborts, nothing may be left behind. */
  open(options: { readonly onProgress: OnProgress; readonly abortSignal: AbortSignal }): Promise<Session>;
  /** Closes a session. Is called again if it rejects. */
  close(session: Session, reason: CloseReason): Promise<void>;
}

interface Start<Session> {
  readonly controller: AbortController;
  readonly listeners: Set<OnProgress>;
  readonly session: Promise<Session>;
  waiting: number;
  opened?: Session;
}

/**
 * Keeps an executor's only session. Callers share a start, and the last caller that gives up aborts it. A lost session is
 * replaced at the next use.
 */
export class SessionKeeper<Session extends KeptSession> {
  readonly #options: SessionKeeperOptions<Session>;
  #start: Start<Session> | undefined;
  #isStateLost = false;
  /** Sessions that are not needed any more and may still be open. */
  readonly #leftovers = new Map<Session, CloseReason>();
  /** Removals in progress. The next session may need the same name. */
  readonly #removals = new Set<Promise<unknown>>();

  constructor(options: SessionKeeperOptions<Session>) {
    this.#options = options;
  }

  /** The open session, if there is one. */
  get session(): Session | undefined {
    return this.#start?.opened;
  }

  /** @throws what opening throws, or the signal's reason. */
  async acquire(options: {
    readonly onProgress?: OnProgress | undefined;
    readonly abortSignal?: AbortSignal | undefined;
  }): Promise<Session> {
    options.abortSignal?.throwIfAborted();
    if (this.session?.lostReason !== undefined) this.#forgetLost();
    const start = this.#start ?? this.#begin(options.onProgress);
    start.waiting += 1;
    if (options.onProgress) start.listeners.add(options.onProgress);
    try {
      return await abortable(start.session, options.abortSignal);
    } finally {
      start.waiting -= 1;
      if (options.onProgress) start.listeners.delete(options.onProgress);
      if (start.waiting === 0 && start.opened === undefined) this.#abandon(start);
    }
  }

  /**
   * Closes the session, even if it is still opening, and sessions that could not be closed before.
   *
   * @throws what closing throws. The next call tries again.
   */
  release(reason: Exclude<CloseReason, 'discarded'>): Promise<void> {
    return this.#track(this.#release(reason));
  }

  async #release(reason: CloseReason): Promise<void> {
    const start = this.#start;
    if (start !== undefined) this.#abandon(start);
    const removals = [...this.#removals];
    const session = await start?.session.catch(() => undefined);
    if (session !== undefined) this.#leftovers.set(session, session.lostReason === undefined ? reason : 'discarded');
    await this.#closeLeftovers();
    // An abandoned start also removes what it created. If the caller exited now, that would not happen.
    await settlesWithin(Promise.allSettled(removals));
  }

  /** Closes a session that cannot be trusted any more. The next use opens another session. */
  discard(session: Session): void {
    session.lostReason ??= 'The sandbox did not answer and was removed.';
    if (this.session === session) this.#forgetLost();
  }

  /** True once after a session was lost. */
  takeStateLoss(): boolean {
    if (this.session?.lostReason !== undefined) this.#forgetLost();
    const isStateLost = this.#isStateLost;
    this.#isStateLost = false;
    return isStateLost;
  }

  #begin(listener: OnProgress | undefined): Start<Session> {
    const controller = new AbortController();
    const listeners = new Set(listener === undefined ? [] : [listener]);
    const onProgress = (event: ProgressEvent): void => {
      for (const listener of listeners) listener(event);
    };
    const open = (): Promise<Session> => this.#options.open({ onProgress, abortSignal: controller.signal });
    const session = this.#removals.size === 0 ? open() : this.#awaitRemovals(controller.signal).then(open);
    const start: Start<Session> = { controller, listeners, session, waiting: 0 };
    this.#start = start;
    session.then(
      (opened) => {
        start.opened = opened;
        // If the platform was unreachable before, removal may work now.
        this.#closeLeftovers().catch(() => {});
      },
      () => {
        if (this.#start === start) this.#start = undefined;
      },
    );
    return start;
  }

  #abandon(start: Start<Session>): void {
    if (this.#start === start) this.#start = undefined;
    if (start.opened === undefined) this.#track(start.session).catch(() => {});
    start.controller.abort(new DOMException('The start was abandoned.', 'AbortError'));
  }

  /** Removes a lost session in the background. */
  #forgetLost(): void {
    if (this.session !== undefined) this.#leftovers.set(this.session, 'discarded');
    this.#closeLeftovers().catch(() => {});
    this.#start = undefined;
    this.#isStateLost = true;
  }

  #closeLeftovers(): Promise<unknown> {
    const removals = [...this.#leftovers].map(async ([session, reason]) => {
      await this.#options.close(session, reason);
      this.#leftovers.delete(session);
    });
    return this.#track(Promise.all(removals));
  }

  #track<T>(removal: Promise<T>): Promise<T> {
    this.#removals.add(removal);
    const forget = (): boolean => this.#removals.delete(removal);
    removal.then(forget, forget);
    return removal;
  }

  /** Waits a few seconds at most, whether the removals succeed or not. */
  async #awaitRemovals(abortSignal: AbortSignal): Promise<void> {
    await abortable(settlesWithin(Promise.allSettled(this.#removals)), abortSignal);
  }
}
