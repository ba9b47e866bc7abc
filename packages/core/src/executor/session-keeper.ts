import type { OnProgress, ProgressEvent } from '../contract/sandbox-provider.ts';
import { abortable } from '../control/abortable.ts';
import { settlesWithin } from '../control/settles-within.ts';

/** A resource that an executor keeps between calls, for example a sandbox or a kernel. */
export interface KeptSession {
  /** One sentence that explains why the session can no longer be used. Set when the reason is known. */
  lostReason?: string | undefined;
}

/**
 * The reason why a session is closed. `stopped`: `stop()` or `restart()` was called. `disposed`: the executor was disposed of.
 * `discarded`: the session was lost, or it does not answer.
 */
export type CloseReason = 'stopped' | 'disposed' | 'discarded';

export interface SessionKeeperOptions<Session extends KeptSession> {
  /** Opens a session. If the signal aborts, nothing may be left behind. */
  open(options: { readonly onProgress: OnProgress; readonly abortSignal: AbortSignal }): Promise<Session>;
  /** Closes a session. If the promise rejects, this function is called again later. */
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
 * Keeps the only session of an executor. All callers that wait for a start share it, and it is aborted only if all of them give up. A lost
 * session is replaced at the next use.
 */
export class SessionKeeper<Session extends KeptSession> {
  readonly #options: SessionKeeperOptions<Session>;
  #start: Start<Session> | undefined;
  #isStateLost = false;
  /** Sessions that are no longer needed but may still be open. */
  readonly #leftovers = new Map<Session, CloseReason>();
  /** Removals in progress. A start waits for them, because the next session may need the same name. */
  readonly #removals = new Set<Promise<unknown>>();

  constructor(options: SessionKeeperOptions<Session>) {
    this.#options = options;
  }

  /** Returns the open session, if there is one. */
  get session(): Session | undefined {
    return this.#start?.opened;
  }

  /** Returns the open session. Opens a session if necessary. @throws the error if it cannot be opened, or the abort reason. */
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
   * Closes the session, even if it is still opening. Also closes sessions that could not be closed before.
   *
   * @throws the error if a session cannot be closed. The next call tries again.
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
    // An abandoned start still has to remove everything that it created. The caller may exit after this, so wait here.
    await settlesWithin(Promise.allSettled(removals));
  }

  /** Closes a session that can no longer be trusted. The next use opens another session. */
  discard(session: Session): void {
    session.lostReason ??= 'The sandbox did not answer and was removed.';
    if (this.session === session) this.#forgetLost();
  }

  /** Returns true if a session was lost since the last call to this method. */
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

  /** Waits for removals in progress, but at most a few seconds. Ignores removals that fail. */
  async #awaitRemovals(abortSignal: AbortSignal): Promise<void> {
    await abortable(settlesWithin(Promise.allSettled(this.#removals)), abortSignal);
  }
}
