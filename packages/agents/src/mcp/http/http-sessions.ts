import { randomUUID } from 'node:crypto';
import { type CodeExecutor, SandpodError, SessionPool } from '@sandpod/core';
import { HttpError, RPC_CODES } from './http-error.ts';
import type { ValidHttpOptions } from './http-options.ts';
import { HttpSession } from './http-session.ts';
import { releaseAfter } from './release-after.ts';

/** Seconds after which a client should try again if the server is full. */
const RETRY_AFTER_S = 10;

/** All sandboxes of one server, by session id or by the name in the URL. */
export class HttpSessions implements AsyncDisposable {
  readonly #pool: SessionPool<HttpSession>;
  readonly #onError: (error: Error) => void;
  #isStopping = false;

  constructor(options: ValidHttpOptions, filesUrlOf: (key: string) => string) {
    const { createExecutor, maxSessions, idleMs, onError, serverOptions } = options;
    this.#onError = onError;
    this.#pool = new SessionPool({
      open: async (key) => {
        const executor: CodeExecutor = await createExecutor();
        const onEnd = (): Promise<void> => this.#pool.end(key);
        return new HttpSession({ id: key, executor, serverOptions, filesUrl: filesUrlOf(key), onEnd, onError });
      },
      close: (session) => session.close(),
      idleMs,
      maxSessions,
      whenFull: 'replace',
    });
  }

  /** Opens a session, with a sandbox that no other session uses. @throws {HttpError} if all sessions are in use. */
  async initialize(handle: (session: HttpSession) => Promise<Response>): Promise<Response> {
    const id = randomUUID();
    try {
      return await this.#lend(id, async (session) => {
        const response = await handle(session);
        if (!session.isInitialized) void this.#end(id);
        return response;
      });
    } catch (error) {
      void this.#end(id);
      throw error;
    }
  }

  /** Handles a request in an open session. @throws {HttpError} if there is no such session. */
  async inSession(id: string, handle: (session: HttpSession) => Promise<Response>): Promise<Response> {
    if (!this.#pool.has(id)) throw notFound();
    return this.#lend(id, handle);
  }

  /** Handles a request on the sandbox with this name, and creates the sandbox if necessary. @throws {HttpError} if all sessions are in use. */
  inSandbox(name: string, handle: (session: HttpSession) => Promise<Response>): Promise<Response> {
    return this.#lend(name, handle);
  }

  /** Calls `work` with an open session. @throws {HttpError} if there is no such session. */
  async withFiles(key: string, work: (session: HttpSession) => Promise<void>): Promise<void> {
    if (!this.#pool.has(key)) throw notFound();
    await this.#pool.use(key, work);
  }

  /** Ends all sessions and removes all sandboxes. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopping = true;
    await this.#pool.stop();
  }

  /** Ends a session that its client never got. Never rejects. */
  async #end(id: string): Promise<void> {
    await this.#pool.end(id).catch(this.#onError);
  }

  /** The session counts as used until its response was sent: a client that listens for messages keeps its session. */
  async #lend(key: string, handle: (session: HttpSession) => Promise<Response>): Promise<Response> {
    if (this.#isStopping) throw new HttpError({ status: 503, code: RPC_CODES.refused, message: 'The server is stopping.' });
    const lease = await this.#pool.acquire(key).catch((error: unknown) => {
      throw isFull(error) ? tooMany(error) : error;
    });
    const release = (): Promise<void> => lease.release().catch(() => {});
    try {
      return releaseAfter(await handle(lease.value), release);
    } catch (error) {
      await release();
      throw error;
    }
  }
}

function notFound(): HttpError {
  return new HttpError({ status: 404, code: RPC_CODES.noSession, message: 'Session not found' });
}

function isFull(error: unknown): error is SandpodError {
  return SandpodError.isInstance(error) && error.code === 'too-many-sessions';
}

function tooMany({ message, advice }: SandpodError): HttpError {
  const headers = { 'retry-after': String(RETRY_AFTER_S) };
  return new HttpError({ status: 503, code: RPC_CODES.refused, message: `${message} ${advice}`, headers });
}
