import { randomBytes } from 'node:crypto';
import { type CodeExecutor, SandpodError, type SessionLease, SessionPool } from '@sandpod/core';
import { DemoFailure } from '../demo-failure.ts';
import { Session, sessionNotFound } from '../session/session.ts';
import { Viewers } from './viewers.ts';

export interface SessionLimits {
  /** Maximum number of sessions. Default 8. */
  readonly maxSessions: number;
  /** Milliseconds after which an unused session ends. Default 15 min. */
  readonly idleMs: number;
  /** Like `idleMs`, for a session that no page has ever shown, for example because its tab was closed during the start. Default 30 s. */
  readonly unattendedMs: number;
  /** Milliseconds after which a session ends when no page shows it anymore. Default 10 s. */
  readonly graceMs: number;
}

export const DEFAULT_SESSION_LIMITS: SessionLimits = { maxSessions: 8, idleMs: 15 * 60_000, unattendedMs: 30_000, graceMs: 10_000 };

export interface NewSession {
  readonly backend: string;
  readonly approval: boolean;
  readonly createExecutor: () => Promise<CodeExecutor>;
}

/** All sessions of one server. */
export class SessionStore {
  readonly #limits: SessionLimits;
  readonly #onError: (error: unknown) => void;
  readonly #pool: SessionPool<Session>;
  readonly #viewers: Viewers;
  /** The sessions that are being opened. */
  readonly #requests = new Map<string, NewSession>();
  readonly #closings = new WeakMap<Session, Promise<void>>();
  #isShutDown = false;

  constructor(limits: SessionLimits, onError: (error: unknown) => void) {
    this.#limits = limits;
    this.#onError = onError;
    this.#viewers = new Viewers(limits.graceMs);
    this.#pool = new SessionPool({
      open: (id) => this.#open(id),
      close: (session) => this.#close(session),
      idleMs: ({ id }) => (this.#viewers.hasSeen(id) ? limits.idleMs : Math.min(limits.idleMs, limits.unattendedMs)),
      maxSessions: limits.maxSessions,
      whenFull: 'refuse',
    });
  }

  get size(): number {
    return this.#pool.size;
  }

  /** Opens a session and starts its sandbox. @throws {DemoFailure} `too-many-sessions`. @throws any error that `createExecutor` throws. */
  async create(request: NewSession): Promise<Session> {
    const id = randomBytes(16).toString('hex');
    this.#requests.set(id, request);
    try {
      return await this.#pool.use(id, async (session) => {
        if (this.#isShutDown) throw this.#tooMany();
        session.warmUp();
        return session;
      });
    } catch (error) {
      throw SandpodError.isInstance(error) && error.code === 'too-many-sessions' ? this.#tooMany() : error;
    } finally {
      this.#requests.delete(id);
    }
  }

  has(id: string): boolean {
    return this.#pool.has(id);
  }

  /** Prevents a session from becoming idle until the lease is released. @throws {DemoFailure} `session-not-found`. */
  async acquire(id: string): Promise<SessionLease<Session>> {
    if (!this.#pool.has(id)) throw sessionNotFound();
    return await this.#pool.acquire(id);
  }

  /**
   * Calls `work` with a session. Meanwhile, the session does not count as idle. @throws {DemoFailure} `session-not-found`. @throws any
   * error that `work` throws.
   */
  async use<Result>(id: string, work: (session: Session) => Result | Promise<Result>): Promise<Result> {
    await using lease = await this.acquire(id);
    return await work(lease.value);
  }

  /** Counts a page as a viewer of a session until the returned function is called. Calls `onEnd` if the session ends before that. */
  async attend(id: string, onEnd: () => void): Promise<() => void> {
    return await this.use(id, () => this.#viewers.add(id, { onEnd, onAbandoned: () => void this.close(id) }));
  }

  /** Ends a session and removes its sandbox. Does nothing if the session is unknown. */
  async close(id: string): Promise<void> {
    await this.#pool.end(id);
  }

  /** Ends all sessions and refuses new sessions. Resolves when every sandbox is gone. */
  async shutDown(): Promise<void> {
    this.#isShutDown = true;
    await this.#pool.stop();
  }

  async #open(id: string): Promise<Session> {
    const request = this.#requests.get(id);
    if (this.#isShutDown) throw this.#tooMany();
    if (request === undefined) throw sessionNotFound();
    return new Session({ ...request, id, executor: await request.createExecutor() });
  }

  /** Closes a session and never rejects. If the session was in use, the pool closes it twice, but a failure is reported only once. */
  #close(session: Session): Promise<void> {
    this.#viewers.end(session.id);
    const closing = this.#closings.get(session) ?? session.close().catch(this.#onError);
    this.#closings.set(session, closing);
    return closing;
  }

  #tooMany(): DemoFailure {
    return new DemoFailure({
      code: 'too-many-sessions',
      message: `All ${this.#limits.maxSessions} sessions of this server are in use.`,
      advice: 'Close another tab of the demo, and try again after a few seconds.',
    });
  }
}
