import type { Sandbox } from '../contract/sandbox.ts';
import type { OnProgress, ProgressEvent } from '../contract/sandbox-provider.ts';
import { abortable } from '../control/fifo-queue.ts';
import { settlesWithin } from '../control/settles-within.ts';
import type { Session } from './session.ts';

interface Start {
  readonly controller: AbortController;
  readonly listeners: Set<OnProgress>;
  readonly session: Promise<Session>;
  waiting: number;
  opened?: Session;
}

/** Opens a session; `abortSignal` must leave nothing behind. */
export type Open = (options: { readonly onProgress: OnProgress; readonly abortSignal: AbortSignal }) => Promise<Session>;

/**
 * Holds an executor's one session: several callers share a start, the last one to give up aborts it, and a session that
 * was lost is replaced at the next use.
 */
export class SessionKeeper {
  readonly #open: Open;
  #start: Start | undefined;
  #isStateLost = false;
  /** Sandboxes that are not needed any more and may still be there. */
  readonly #leftovers = new Set<Sandbox>();
  /** What is being removed; the next session may want its name. */
  readonly #removals = new Set<Promise<unknown>>();

  constructor(open: Open) {
    this.#open = open;
  }

  /** The live session, where there is one. */
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
   * Removes the session, also one that is still opening, and what could not be removed before.
   *
   * @throws what disposing throws; the next call tries again.
   */
  release(): Promise<void> {
    return this.#track(this.#release());
  }

  async #release(): Promise<void> {
    const start = this.#start;
    if (start !== undefined) this.#abandon(start);
    const removals = [...this.#removals];
    const session = await start?.session.catch(() => undefined);
    if (session !== undefined) this.#leftovers.add(session.sandbox);
    await this.#removeLeftovers();
    // Also a start that was given up before removes what it had made; a caller who exits now would stop it.
    await settlesWithin(Promise.allSettled(removals));
  }

  /** Removes a session that cannot be trusted any more; the next use opens another one. */
  discard(session: Session): void {
    if (this.session !== session) return;
    session.lostReason ??= 'The sandbox did not answer and was removed.';
    this.#forgetLost();
  }

  /** True once after a session was lost. */
  takeStateLoss(): boolean {
    if (this.session?.lostReason !== undefined) this.#forgetLost();
    const isStateLost = this.#isStateLost;
    this.#isStateLost = false;
    return isStateLost;
  }

  #begin(listener: OnProgress | undefined): Start {
    const controller = new AbortController();
    const listeners = new Set(listener === undefined ? [] : [listener]);
    const onProgress = (event: ProgressEvent): void => {
      for (const listener of listeners) listener(event);
    };
    const open = (): Promise<Session> => this.#open({ onProgress, abortSignal: controller.signal });
    const session = this.#removals.size === 0 ? open() : this.#awaitRemovals(controller.signal).then(open);
    const start: Start = { controller, listeners, session, waiting: 0 };
    this.#start = start;
    session.then(
      (opened) => {
        start.opened = opened;
        // What could not be removed while the platform was away can be now.
        this.#removeLeftovers().catch(() => {});
      },
      () => {
        if (this.#start === start) this.#start = undefined;
      },
    );
    return start;
  }

  #abandon(start: Start): void {
    if (this.#start === start) this.#start = undefined;
    if (start.opened === undefined) this.#track(start.session).catch(() => {});
    start.controller.abort(new DOMException('The start was abandoned.', 'AbortError'));
  }

  /** What is left of a lost sandbox is removed meanwhile. */
  #forgetLost(): void {
    if (this.session !== undefined) this.#leftovers.add(this.session.sandbox);
    this.#removeLeftovers().catch(() => {});
    this.#start = undefined;
    this.#isStateLost = true;
  }

  #removeLeftovers(): Promise<unknown> {
    const removals = [...this.#leftovers].map(async (sandbox) => {
      await sandbox[Symbol.asyncDispose]();
      this.#leftovers.delete(sandbox);
    });
    return this.#track(Promise.all(removals));
  }

  #track<T>(removal: Promise<T>): Promise<T> {
    this.#removals.add(removal);
    const forget = (): boolean => this.#removals.delete(removal);
    removal.then(forget, forget);
    return removal;
  }

  /** For some seconds at most, whether they succeed or not. */
  async #awaitRemovals(abortSignal: AbortSignal): Promise<void> {
    await abortable(settlesWithin(Promise.allSettled(this.#removals)), abortSignal);
  }
}
