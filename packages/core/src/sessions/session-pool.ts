import { SandpodError } from '../errors/sandpod-error.ts';

export interface SessionPoolOptions<Value> {
  /** Opens the session for a key. If this fails, the next `acquire` for the key tries again. */
  open(key: string): Value | Promise<Value>;
  /** Closes a session. Must be idempotent: if a session ends while it is in use, it is closed again when its last lease is released. */
  close(value: Value): Promise<void>;
  /**
   * Milliseconds from the last release until an unused session is closed. If it is a function, it is called each time a session becomes
   * unused.
   */
  readonly idleMs: number | ((value: Value) => number);
  /** Maximum number of open sessions. Default: no limit. */
  readonly maxSessions?: number | undefined;
  /**
   * Determines what `acquire` does with a new key if `maxSessions` sessions are open. `exceed` (default) closes unused sessions, and
   * exceeds the maximum if all sessions are in use. `replace` closes unused sessions too, but throws `too-many-sessions` if all sessions
   * are in use. `refuse` throws `too-many-sessions`, even if unused sessions could be closed.
   */
  readonly whenFull?: 'exceed' | 'replace' | 'refuse' | undefined;
}

/** Gives the caller access to a session until `release()` is called. */
export interface SessionLease<Value> extends AsyncDisposable {
  readonly value: Value;
  /** Releases the session. Idempotent. */
  release(): Promise<void>;
}

interface Session<Value> {
  readonly value: Promise<Value>;
  users: number;
  idleTimer: NodeJS.Timeout | undefined;
}

/**
 * Shares one session per key, for example one executor per chat.
 *
 * Closes sessions that have been unused for `idleMs`. If the pool is full, closes the least recently used sessions first.
 */
export class SessionPool<Value> implements AsyncDisposable {
  readonly #options: SessionPoolOptions<Value>;
  /** The least recently used session comes first. */
  readonly #sessions = new Map<string, Session<Value>>();
  readonly #closings = new Set<Promise<void>>();

  constructor(options: SessionPoolOptions<Value>) {
    this.#options = options;
  }

  get size(): number {
    return this.#sessions.size;
  }

  has(key: string): boolean {
    return this.#sessions.has(key);
  }

  /** Opens or reuses the session for a key. @throws {SandpodError} `too-many-sessions`, or any error that `open` throws. */
  async acquire(key: string): Promise<SessionLease<Value>> {
    const session = this.#sessions.get(key) ?? this.#add(key);
    session.users += 1;
    clearTimeout(session.idleTimer);
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    try {
      const [value] = await Promise.all([session.value, this.#closeExcess()]);
      return this.#lease(key, { session, value });
    } catch (error) {
      if (this.#sessions.get(key) === session) this.#sessions.delete(key);
      throw error;
    }
  }

  /** Calls `work` with the session for a key, and releases the session when `work` ends. */
  async use<Result>(key: string, work: (value: Value) => Promise<Result>): Promise<Result> {
    await using lease = await this.acquire(key);
    return await work(lease.value);
  }

  /** Closes the session for a key, even if it is in use. Does nothing if the key has no session. */
  async end(key: string): Promise<void> {
    const session = this.#sessions.get(key);
    if (session === undefined) return;
    this.#sessions.delete(key);
    clearTimeout(session.idleTimer);
    const closing = this.#close(session);
    this.#closings.add(closing);
    await closing.finally(() => this.#closings.delete(closing));
  }

  /**
   * Closes all sessions, even if they are in use. Also waits for sessions that are already being closed. If a session
   * cannot be closed, closes the other sessions and then throws the first error.
   */
  async stop(): Promise<void> {
    const endings = await Promise.allSettled([...this.#closings, ...[...this.#sessions.keys()].map((key) => this.end(key))]);
    const failed = endings.find((ending) => ending.status === 'rejected');
    if (failed) throw failed.reason;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  /** Closes a session. Ignores a session that could not be opened, because `acquire` throws the error in that case. */
  async #close({ value }: Session<Value>): Promise<void> {
    const opened = await value.then(
      (open) => ({ open }),
      () => undefined,
    );
    if (opened !== undefined) await this.#options.close(opened.open);
  }

  #add(key: string): Session<Value> {
    const { maxSessions = Number.POSITIVE_INFINITY, whenFull = 'exceed' } = this.#options;
    const isFull = this.#sessions.size >= maxSessions;
    if (isFull && (whenFull === 'refuse' || (whenFull === 'replace' && !this.#hasUnused()))) throw tooMany(maxSessions);
    const session = { value: Promise.resolve().then(() => this.#options.open(key)), users: 0, idleTimer: undefined };
    this.#sessions.set(key, session);
    return session;
  }

  #hasUnused(): boolean {
    return this.#sessions.values().some(({ users }) => users === 0);
  }

  #lease(key: string, { session, value }: { readonly session: Session<Value>; readonly value: Value }): SessionLease<Value> {
    let isReleased = false;
    const release = async (): Promise<void> => {
      if (isReleased) return;
      isReleased = true;
      session.users -= 1;
      if (session.users === 0) await this.#settle(key, { session, value });
    };
    return { value, release, [Symbol.asyncDispose]: release };
  }

  /**
   * Handles the last release of a session. A call that continued after `end` may have started the session again, so the session is closed
   * again.
   */
  async #settle(key: string, { session, value }: { readonly session: Session<Value>; readonly value: Value }): Promise<void> {
    if (this.#sessions.get(key) !== session) return this.#options.close(value);
    const { idleMs } = this.#options;
    session.idleTimer = setTimeout(() => void this.end(key).catch(() => {}), typeof idleMs === 'function' ? idleMs(value) : idleMs);
    session.idleTimer.unref();
  }

  /**
   * Closes unused sessions above the maximum. Never rejects: a session that cannot be closed expires on its platform, and must not cause a
   * call for another key to fail.
   */
  async #closeExcess(): Promise<void> {
    const excess = this.#sessions.size - (this.#options.maxSessions ?? Number.POSITIVE_INFINITY);
    if (excess <= 0) return;
    const unused = [...this.#sessions].filter(([, { users }]) => users === 0).slice(0, excess);
    await Promise.all(unused.map(([key]) => this.end(key).catch(() => {})));
  }
}

function tooMany(maxSessions: number): SandpodError {
  return new SandpodError({
    code: 'too-many-sessions',
    message: `The session pool is full: ${maxSessions} sessions are open.`,
    details: { maxSessions },
  });
}
