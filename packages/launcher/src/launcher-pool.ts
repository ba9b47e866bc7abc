import { addAbortListener } from 'node:events';
import { abortable } from '@sandpod/core/backend';
import { AnswerWatch } from './answer-watch.ts';
import type { ExecTransport } from './exec-transport.ts';
import { Launcher, type LauncherSettings } from './launcher.ts';

export interface LauncherPoolOptions {
  readonly transport: ExecTransport;
  readonly settings: LauncherSettings;
  /** Called if launchers no longer answer. */
  readonly onSilent?: (() => void) | undefined;
  /** The number of launchers that should wait for work. Default 1. */
  readonly ahead?: number | undefined;
  /** The maximum number of launchers that wait for work. The pool closes any additional idle launchers. Default 2. */
  readonly maxIdle?: number | undefined;
}

interface Waiter {
  readonly launcher: PromiseWithResolvers<Launcher>;
}

/** If a busy launcher is not returned within this many milliseconds, another launcher is opened in advance. */
const OPEN_AHEAD_AFTER_MS = 20;
/** A launcher that has been idle for longer must first answer a ping, because connections can break without notice. */
const TRUSTED_IDLE_MS = 5_000;
const PING_MS = 2_000;
/**
 * Milliseconds for a launcher to become idle after the platform has started it. The first launcher has more time, because the machine may
 * still be starting.
 */
const READY_MS = 5_000;
/** While programs that could tamper with a launcher may be running, an idle launcher is closed after this many milliseconds. */
const GUARDED_IDLE_MS = 250;

/** Opens launchers in advance, so that a program can start without waiting for an exec on the platform. */
export class LauncherPool {
  readonly #options: LauncherPoolOptions;
  readonly #answers: AnswerWatch;
  readonly #idle: { readonly launcher: Launcher; readonly sinceMs: number }[] = [];
  readonly #waiters: Waiter[] = [];
  readonly #all = new Set<Launcher>();
  readonly #closing = new AbortController();
  /** Aborts the launchers that are being opened. */
  #openings = new AbortController();
  #isGuarded = false;
  /** True if the most recently opened launcher is hidden. */
  #opensHidden = false;
  #hasOpened = false;
  #opening = 0;
  #aheadTimer: NodeJS.Timeout | undefined;
  /** Resolves when the pool opens again. Undefined unless the pool is temporarily closed. */
  #reopened: Promise<void> | undefined;

  constructor(options: LauncherPoolOptions) {
    this.#options = options;
    this.#answers = new AnswerWatch(options.onSilent ?? (() => {}));
  }

  /** Opens the launchers that wait for work. Resolves when one launcher is idle. */
  async warm(abortSignal?: AbortSignal): Promise<void> {
    this.give(await this.take(abortSignal));
  }

  /** Returns an idle launcher, which the caller owns until {@link give}. */
  async take(abortSignal?: AbortSignal): Promise<Launcher> {
    for (;;) {
      abortSignal?.throwIfAborted();
      this.#closing.signal.throwIfAborted();
      if (this.#reopened !== undefined) {
        await abortable(this.#reopened, abortSignal);
        continue;
      }
      const waiting = this.#idle.pop();
      if (waiting === undefined) return this.#wait(abortSignal);
      if (waiting.launcher.isGone || !(await this.#isAlive(waiting))) continue;
      this.#openAheadSoon();
      return waiting.launcher;
    }
  }

  /** Takes back an idle launcher. */
  give(launcher: Launcher): void {
    if (launcher.isGone) return;
    if (this.#reopened !== undefined) {
      launcher.destroy();
      return;
    }
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) {
      waiter.launcher.resolve(launcher);
      return;
    }
    if (this.#closing.signal.aborted || this.#idle.length >= (this.#options.maxIdle ?? 2)) launcher.destroy();
    else this.#keep(launcher);
  }

  #keep(launcher: Launcher): void {
    this.#idle.push({ launcher, sinceMs: performance.now() });
    if (this.#isGuarded) setTimeout(() => this.#dropIdle(GUARDED_IDLE_MS), GUARDED_IDLE_MS + 1).unref();
  }

  /** Ends launchers that have waited for this long and are not hidden. */
  #dropIdle(waitedMs: number): void {
    const now = performance.now();
    for (const each of [...this.#idle]) {
      if (each.launcher.isHidden || now - each.sinceMs < waitedMs) continue;
      this.#idle.splice(this.#idle.indexOf(each), 1);
      each.launcher.destroy();
    }
  }

  /**
   * Sets whether programs from earlier runs may still be running. If they may, launchers that these programs could read, stop or
   * impersonate are opened only when they are needed, and wait only briefly. Other programs cannot read hidden launchers, which therefore
   * wait as usual.
   */
  guard(isGuarded: boolean): void {
    this.#isGuarded = isGuarded;
    if (isGuarded) this.#dropIdle(0);
  }

  /** Ends all launchers. Until `action` has settled, the pool opens no launchers except those that `action` opens for itself. */
  async whileClosed<T>(action: (open: (abortSignal: AbortSignal) => Promise<Launcher>) => Promise<T>): Promise<T> {
    while (this.#reopened !== undefined) await this.#reopened;
    const reopened = Promise.withResolvers<void>();
    this.#reopened = reopened.promise;
    const reason = 'The processes in the sandbox are being ended.';
    this.#openings.abort(reason);
    this.#openings = new AbortController();
    this.#endAll(reason);
    try {
      return await action((abortSignal) => this.#openOne(AbortSignal.any([abortSignal, this.#closing.signal])));
    } finally {
      this.#reopened = undefined;
      reopened.resolve();
      this.#openForWaiters();
    }
  }

  /** Ends all launchers, including busy launchers. */
  close(reason: unknown): void {
    clearTimeout(this.#aheadTimer);
    this.#closing.abort(reason);
    for (const waiter of this.#waiters.splice(0)) waiter.launcher.reject(reason);
    this.#endAll(reason);
  }

  #endAll(reason: unknown): void {
    for (const launcher of this.#all) launcher.destroy(reason);
    this.#idle.length = 0;
  }

  async #wait(abortSignal: AbortSignal | undefined): Promise<Launcher> {
    const waiter: Waiter = { launcher: Promise.withResolvers<Launcher>() };
    this.#waiters.push(waiter);
    this.#openForWaiters();
    const leave = (): void => {
      const position = this.#waiters.indexOf(waiter);
      if (position >= 0) this.#waiters.splice(position, 1);
      waiter.launcher.reject(abortSignal?.reason);
    };
    using _ = abortSignal && addAbortListener(abortSignal, leave);
    const launcher = await waiter.launcher.promise;
    this.#openAheadSoon();
    return launcher;
  }

  async #open(): Promise<void> {
    const { signal } = this.#openings;
    this.#opening += 1;
    try {
      const launcher = await this.#openOne(AbortSignal.any([this.#closing.signal, signal]));
      this.#opening -= 1;
      if (signal.aborted) launcher.destroy();
      else this.give(launcher);
    } catch (error) {
      this.#opening -= 1;
      if (!signal.aborted) this.#waiters.shift()?.launcher.reject(error);
    }
    if (signal.aborted && this.#reopened === undefined) this.#openForWaiters();
  }

  async #openOne(abortSignal: AbortSignal): Promise<Launcher> {
    const { transport, settings } = this.#options;
    const readyMs = this.#hasOpened ? READY_MS : undefined;
    const launcher = await Launcher.open(transport, { settings, answers: this.#answers, readyMs, abortSignal });
    this.#hasOpened = true;
    this.#opensHidden = launcher.isHidden;
    this.#all.add(launcher);
    void launcher.gone.then(() => this.#all.delete(launcher));
    return launcher;
  }

  #openForWaiters(): void {
    while (this.#opening < this.#waiters.length) void this.#open();
  }

  #openAheadSoon(): void {
    this.#aheadTimer ??= setTimeout(() => {
      this.#aheadTimer = undefined;
      if (this.#reopened !== undefined || (this.#isGuarded && !this.#opensHidden)) return;
      const missing = (this.#options.ahead ?? 1) + this.#waiters.length - this.#idle.length - this.#opening;
      for (let count = 0; count < missing && !this.#closing.signal.aborted; count += 1) void this.#open();
    }, OPEN_AHEAD_AFTER_MS).unref();
  }

  /** Pings a launcher that other programs could have stopped, or whose connection may be broken. */
  async #isAlive({ launcher, sinceMs }: { readonly launcher: Launcher; readonly sinceMs: number }): Promise<boolean> {
    if (!this.#isGuarded && performance.now() - sinceMs < TRUSTED_IDLE_MS) return true;
    const timer = setTimeout(() => launcher.destroy(new Error('The launcher did not answer a ping.')), PING_MS);
    const isIdle = await launcher.request('ping').idle.then(
      () => true,
      () => false,
    );
    clearTimeout(timer);
    return isIdle;
  }
}
