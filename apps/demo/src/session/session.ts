import { randomBytes } from 'node:crypto';
import type { CodeExecutor, SandboxFiles } from '@sandpod/core';
import type { SessionDocument } from '../api-types.ts';
import { DemoFailure } from '../demo-failure.ts';
import { Turn } from './turn.ts';

/** Milliseconds that a new request waits for the end of a stopped answer. */
const SETTLE_MS = 5_000;

export interface SessionOptions {
  /** Default: 32 random hexadecimal digits. */
  readonly id?: string;
  readonly backend: string;
  readonly executor: CodeExecutor;
  readonly approval: boolean;
}

/** A user's chat: one executor, and at most one answer at a time. */
export class Session {
  readonly id: string;
  readonly backend: string;
  readonly executor: CodeExecutor;
  readonly approvalSecret: Uint8Array = randomBytes(32);
  needsApproval: boolean;
  readonly #usedApprovals = new Set<string>();
  readonly #closing = new AbortController();
  readonly #fileCalls = new Set<Promise<unknown>>();
  #turn: Turn | undefined;
  #closed: Promise<void> | undefined;

  constructor(options: SessionOptions) {
    this.id = options.id ?? randomBytes(16).toString('hex');
    this.backend = options.backend;
    this.executor = options.executor;
    this.needsApproval = options.approval;
  }

  /** Starts the sandbox in advance. If the start fails, the first run reports the reason. */
  warmUp(): void {
    this.executor.start({ abortSignal: this.#closing.signal }).catch(() => {});
  }

  toDocument(): SessionDocument {
    return {
      id: this.id,
      backend: this.backend,
      approval: this.needsApproval,
      description: this.executor.describe(),
      languages: this.executor.capabilities.languages,
      busy: this.isAnswering || this.#fileCalls.size > 0,
    };
  }

  /** Starts an answer. @throws {DemoFailure} `session-busy`. */
  async startTurn(): Promise<Turn> {
    const former = this.#turn;
    if (former?.stopSignal.aborted) await Promise.race([former.ended, new Promise((resolve) => setTimeout(resolve, SETTLE_MS).unref())]);
    this.#refuseClosed();
    if (this.#turn) {
      throw new DemoFailure({
        code: 'session-busy',
        message: 'This session is still writing an answer.',
        advice: 'Wait until it ends, or stop it.',
      });
    }
    const turn = new Turn(this.executor);
    this.#turn = turn;
    void turn.ended.then(() => {
      if (this.#turn === turn) this.#turn = undefined;
    });
    return turn;
  }

  /**
   * Marks approvals as used. @throws {DemoFailure} `forbidden` if an approval was used before, because each approval permits only one run.
   */
  useApprovals(ids: readonly string[]): void {
    if (ids.some((id) => this.#usedApprovals.has(id))) {
      throw new DemoFailure({
        code: 'forbidden',
        message: 'This approval was used before, so nothing ran.',
        advice: 'Ask again, and approve the new request.',
      });
    }
    for (const id of ids) this.#usedApprovals.add(id);
  }

  /** Stops the current answer, if there is one. Resolves when it has ended. */
  async stop(): Promise<void> {
    await this.#turn?.stop();
  }

  /** Calls `work` with the sandbox's files. The signal fires when the session ends. @throws {DemoFailure} `session-not-found`. */
  async withFiles<Result>(work: (files: SandboxFiles, abortSignal: AbortSignal) => Promise<Result>): Promise<Result> {
    this.#refuseClosed();
    const { files } = this.executor;
    if (!files) {
      throw new DemoFailure({
        code: 'bad-request',
        message: `The back end "${this.backend}" does not keep files.`,
        advice: 'Choose another back end.',
      });
    }
    const call = work(files, this.#closing.signal);
    this.#fileCalls.add(call);
    try {
      return await call;
    } catch (error) {
      this.#refuseClosed();
      throw error;
    } finally {
      this.#fileCalls.delete(call);
    }
  }

  get isAnswering(): boolean {
    return this.#turn !== undefined;
  }

  /** Ends the answer and the session, and removes the sandbox. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  async #end(): Promise<void> {
    this.#closing.abort(new DOMException('The session was closed.', 'AbortError'));
    const stopped = this.executor.stop();
    await Promise.allSettled([this.#turn?.abort(), stopped, ...this.#fileCalls]);
    // A call that was queued during the first stop() may have started another sandbox.
    await this.executor.stop();
    await stopped;
  }

  #refuseClosed(): void {
    if (this.#closing.signal.aborted) throw sessionNotFound();
  }
}

/** Creates the error for a session that has ended or never existed. */
export function sessionNotFound(): DemoFailure {
  return new DemoFailure({
    code: 'session-not-found',
    message: 'This session has ended.',
    advice: 'Start a new session. The files of this session are gone.',
  });
}
