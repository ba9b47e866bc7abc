import type { CodeExecutor } from '@sandpod/core';

interface RunExecutor {
  readonly executor: CodeExecutor;
  idleTimer: NodeJS.Timeout | undefined;
  /** Calls in progress. */
  users: number;
}

/** Keeps one executor per run of an agent, created on first use. */
export class RunExecutors {
  readonly #create: () => CodeExecutor;
  readonly #idleMs: number;
  readonly #runs = new Map<string, RunExecutor>();

  constructor(options: { readonly create: () => CodeExecutor; readonly idleMs: number }) {
    this.#create = options.create;
    this.#idleMs = options.idleMs;
  }

  /** Lends the executor of a run to one call. */
  async use<T>(id: string, call: (executor: CodeExecutor) => Promise<T>): Promise<T> {
    const run = this.#runs.get(id) ?? { executor: this.#create(), idleTimer: undefined, users: 0 };
    this.#runs.set(id, run);
    clearTimeout(run.idleTimer);
    run.users += 1;
    try {
      return await call(run.executor);
    } finally {
      run.users -= 1;
      if (run.users === 0) await this.#settle(id, run);
    }
  }

  /** Stops the executor of a run, if it exists. */
  async end(id: string): Promise<void> {
    const run = this.#runs.get(id);
    this.#runs.delete(id);
    clearTimeout(run?.idleTimer);
    await run?.executor.stop();
  }

  /** A call that began after the end of its run has started the executor again. A run that waits for a person may never continue. */
  async #settle(id: string, run: RunExecutor): Promise<void> {
    if (this.#runs.get(id) !== run) return run.executor.stop();
    run.idleTimer = setTimeout(() => void this.end(id).catch(() => {}), this.#idleMs);
    run.idleTimer.unref();
  }
}
