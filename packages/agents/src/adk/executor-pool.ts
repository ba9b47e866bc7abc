import type { CodeExecutor } from '@sandpod/core';
import type { ValidAdkOptions } from './adk-options.ts';

/** The right to use an executor for one run. */
export interface ExecutorLease {
  readonly executor: CodeExecutor;
  release(): Promise<void>;
}

interface Session {
  readonly executor: Promise<CodeExecutor>;
  /** Runs in progress. */
  users: number;
  idleTimer: NodeJS.Timeout | undefined;
}

/** Lends executors: the one from the options, one per session, or a new one per run. */
export class ExecutorPool {
  readonly #options: ValidAdkOptions;
  /** By execution id; the least recently used session comes first. */
  readonly #sessions = new Map<string, Session>();

  constructor(options: ValidAdkOptions) {
    this.#options = options;
  }

  async acquire(executionId: string | undefined): Promise<ExecutorLease> {
    const { executor, createExecutor } = this.#options;
    if (executor !== undefined) return { executor, release: async () => {} };
    if (createExecutor === undefined) throw new Error('Expected an executor or createExecutor; got neither.');
    if (executionId !== undefined) return this.#enter(executionId, createExecutor);
    const fresh = await createExecutor();
    // The result of the run matters more than this failure: the sandbox expires by itself.
    return { executor: fresh, release: () => fresh.stop().catch(() => {}) };
  }

  /** Stops all sessions, including those in use. */
  async stop(): Promise<void> {
    const endings = await Promise.allSettled([...this.#sessions.keys()].map((id) => this.#end(id)));
    const failed = endings.find((ending) => ending.status === 'rejected');
    if (failed) throw failed.reason;
  }

  async #enter(id: string, create: () => CodeExecutor | Promise<CodeExecutor>): Promise<ExecutorLease> {
    const session = this.#sessions.get(id) ?? { executor: Promise.resolve().then(create), users: 0, idleTimer: undefined };
    session.users += 1;
    clearTimeout(session.idleTimer);
    this.#sessions.delete(id);
    this.#sessions.set(id, session);
    try {
      const [executor] = await Promise.all([session.executor, this.#makeRoom()]);
      return { executor, release: async () => this.#leave(id, session) };
    } catch (error) {
      if (this.#sessions.get(id) === session) this.#sessions.delete(id);
      throw error;
    }
  }

  #leave(id: string, session: Session): void {
    session.users -= 1;
    if (session.users > 0 || this.#sessions.get(id) !== session) return;
    session.idleTimer = setTimeout(() => void this.#end(id).catch(() => {}), this.#options.idleMs);
    session.idleTimer.unref();
  }

  /** Never rejects: a session that cannot be stopped expires by itself, and the call that needs room must not fail for it. */
  async #makeRoom(): Promise<void> {
    const excess = this.#sessions.size - this.#options.maxSessions;
    const unused = [...this.#sessions].filter(([, { users }]) => users === 0).slice(0, Math.max(excess, 0));
    await Promise.all(unused.map(([id]) => this.#end(id).catch(() => {})));
  }

  async #end(id: string): Promise<void> {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    this.#sessions.delete(id);
    clearTimeout(session.idleTimer);
    const executor = await session.executor;
    await executor.stop();
  }
}
