import { SandpodError } from '../errors/sandpod-error.ts';

export interface SessionPoolOptions<Value> {
  /** Opens the session of a key. Called again after a failure. */
  open(key: string): Value | Promise<Value>;
  /** Closes a session. Must be idempotent: a session that ends while it is lent is closed again when the last lease is released. */
  close(value: Value): Promise<void>;
  /** Milliseconds after the last release until an unused session is closed; a function is asked at each release. */
  readonly idleMs: number | ((value: Value) => number);
  /** Sessions at once. Default: no limit. */
  readonly maxSessions?: number | undefined;
  /**
   * What `acquire` does for a new key when `maxSessions` are open and none is unused. `exceed` (default) opens one more; `refuse` throws
   * `too-many-sessions`, also when unused sessions could be closed.
   */
  readonly whenFull?: 'exceed' | 'refuse' | undefined;
}

/** The right to use a session until `release()`. */
export interface SessionLease<Value> extends AsyncDisposable {
  readonly value: Value;
  /** Idempotent. */
  release(): Promise<void>;
}

interface Session<Value> {
  readonly value: Promise<Value>;
  users: number;
  idleTimer: NodeJS.Timeout | undefined;
}

/** Lends one session per key, for example one executor per chat. Closes sessions that stay unused, the least recently used first when it is full. */
export class SessionPool<Value> implements AsyncDisposable {
  readonly #options: SessionPoolOptions<Value>;
  /** The least recently used session comes first. */
  readonly #sessions = new Map<string, Session<Value>>();

  constructor(options: SessionPoolOptions<Value>) {
    this.#options = options;
  }

  get size(): number {
    return this.#sessions.size;
  }

  has(key: string): boolean {
    return this.#sessions.has(key);
  }

  /** @throws {SandpodError} `too-many-sessions`. @throws what `open` throws. */
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

  /** Lends a session to `work` and takes it back when `work` has ended. */
  async use<Result>(key: string, work: (value: Value) => Promise<Result>): Promise<Result> {
    await using lease = await this.acquire(key);
    return await work(lease.value);
  }

  /** Closes the session of a key, also while it is lent. A key without a session is ignored. */
  async end(key: string): Promise<void> {
    const session = this.#sessions.get(key);
    if (session === undefined) return;
    this.#sessions.delete(key);
    clearTimeout(session.idleTimer);
    await this.#options.close(await session.value);
  }

  /** Closes all sessions, also those in use; then throws the first failure, if there was one. */
  async stop(): Promise<void> {
    const endings = await Promise.allSettled([...this.#sessions.keys()].map((key) => this.end(key)));
    const failed = endings.find((ending) => ending.status === 'rejected');
    if (failed) throw failed.reason;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #add(key: string): Session<Value> {
    const { maxSessions = Number.POSITIVE_INFINITY, whenFull = 'exceed' } = this.#options;
    if (whenFull === 'refuse' && this.#sessions.size >= maxSessions) throw tooMany(maxSessions);
    const session = { value: Promise.resolve().then(() => this.#options.open(key)), users: 0, idleTimer: undefined };
    this.#sessions.set(key, session);
    return session;
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

  /** A call that went on after the end of its session may have started it again. */
  async #settle(key: string, { session, value }: { readonly session: Session<Value>; readonly value: Value }): Promise<void> {
    if (this.#sessions.get(key) !== session) return this.#options.close(value);
    const { idleMs } = this.#options;
    session.idleTimer = setTimeout(() => void this.end(key).catch(() => {}), typeof idleMs === 'function' ? idleMs(value) : idleMs);
    session.idleTimer.unref();
  }

  /** Never rejects: a session that cannot be closed expires on its platform, and does not concern the caller who needs room. */
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
    message: `All ${maxSessions} sessions are in use.`,
    details: { maxSessions },
  });
}
