import type { CodeExecutor } from '@sandpod/core';
import { DemoFailure } from '../demo-failure.ts';
import { Session, sessionNotFound } from '../session/session.ts';

export interface SessionLimits {
  /** Sessions at once. Default 8. */
  readonly maxSessions: number;
  /** Milliseconds without any use after which a session ends. Default 15 min. */
  readonly idleMs: number;
  /** The same for a session that no page has ever shown: its tab was closed while it opened. Default 30 s. */
  readonly unattendedMs: number;
  /** Milliseconds that a session outlives the last page that showed it. Default 10 s. */
  readonly graceMs: number;
}

export const DEFAULT_SESSION_LIMITS: SessionLimits = { maxSessions: 8, idleMs: 15 * 60_000, unattendedMs: 30_000, graceMs: 10_000 };

export interface NewSession {
  readonly backend: string;
  readonly approval: boolean;
  readonly createExecutor: () => Promise<CodeExecutor>;
}

interface Presence {
  readonly viewers: Set<() => void>;
  leaving?: NodeJS.Timeout;
}

/** All sessions of one server. */
export class SessionStore {
  readonly #limits: SessionLimits;
  readonly #onError: (error: unknown) => void;
  readonly #sessions = new Map<string, Session>();
  readonly #presences = new Map<string, Presence>();
  readonly #closing = new Set<Promise<void>>();
  readonly #idleTimer: NodeJS.Timeout;
  #opening = 0;
  #isShutDown = false;

  constructor(limits: SessionLimits, onError: (error: unknown) => void) {
    this.#limits = limits;
    this.#onError = onError;
    this.#idleTimer = setInterval(() => this.#closeIdle(), Math.min(limits.idleMs, limits.unattendedMs) / 2);
    this.#idleTimer.unref();
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** @throws {DemoFailure} `too-many-sessions`. @throws what making the executor throws. */
  async create(options: NewSession): Promise<Session> {
    if (this.#isShutDown || this.#sessions.size + this.#opening >= this.#limits.maxSessions) throw tooMany(this.#limits.maxSessions);
    this.#opening += 1;
    try {
      const session = new Session({ ...options, executor: await options.createExecutor() });
      if (this.#isShutDown) throw tooMany(this.#limits.maxSessions);
      this.#sessions.set(session.id, session);
      session.warmUp();
      return session;
    } finally {
      this.#opening -= 1;
    }
  }

  has(id: string): boolean {
    return this.#sessions.has(id);
  }

  /** @throws {DemoFailure} `session-not-found`. */
  get(id: string): Session {
    const session = this.#sessions.get(id);
    if (!session) throw sessionNotFound();
    session.lastUsedMs = performance.now();
    return session;
  }

  /** Keeps a session alive until the returned function is called; `onClose` hears when it ends for another reason. */
  attend(id: string, onClose: () => void): () => void {
    this.get(id);
    const presence = this.#presences.get(id) ?? { viewers: new Set<() => void>() };
    this.#presences.set(id, presence);
    clearTimeout(presence.leaving);
    presence.viewers.add(onClose);
    return () => {
      if (!presence.viewers.delete(onClose) || presence.viewers.size > 0) return;
      presence.leaving = setTimeout(() => void this.close(id), this.#limits.graceMs);
    };
  }

  /** Ends a session; unknown ones are taken to have ended. Never rejects. */
  async close(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    if (!session) return;
    this.#sessions.delete(id);
    const presence = this.#presences.get(id);
    this.#presences.delete(id);
    clearTimeout(presence?.leaving);
    for (const leave of presence?.viewers ?? []) leave();
    const closed = session.close().catch(this.#onError);
    this.#closing.add(closed);
    await closed;
    this.#closing.delete(closed);
  }

  /** Ends all sessions and takes no more; resolves when every sandbox is gone. */
  async shutDown(): Promise<void> {
    this.#isShutDown = true;
    clearInterval(this.#idleTimer);
    await Promise.all([...this.#sessions.keys()].map((id) => this.close(id)));
    await Promise.all(this.#closing);
  }

  #closeIdle(): void {
    const { idleMs, unattendedMs } = this.#limits;
    for (const [id, session] of this.#sessions) {
      const limitMs = this.#presences.has(id) ? idleMs : Math.min(idleMs, unattendedMs);
      if (!session.isBusy && performance.now() - session.lastUsedMs > limitMs) void this.close(id);
    }
  }
}

function tooMany(maximum: number): DemoFailure {
  return new DemoFailure({
    code: 'too-many-sessions',
    message: `All ${maximum} sessions of this server are in use.`,
    advice: 'Close another tab of the demo, and try again after some seconds.',
  });
}
