import type { AliveEvent, DemoError, SessionDocument } from '../../api-types.ts';
import { createSession, deleteSession, getSession, sessionUrl, setApproval } from '../api/demo-api.ts';
import { DemoFailure, describeFailure } from '../api/demo-failure.ts';

const ENDED: AliveEvent = 'closed';

export interface SessionState {
  /** `asleep`: the session has expired. The next session is created when it is needed. */
  readonly phase: 'opening' | 'ready' | 'asleep' | 'failed';
  readonly backend: string;
  readonly approval: boolean;
  readonly session?: SessionDocument;
  /** The session's id, even after the session has ended. Used after a reload. */
  readonly lastId?: string;
  readonly failure?: DemoError;
  /** True while the server does not respond. The browser retries. */
  readonly offline: boolean;
}

interface KeeperOptions {
  readonly backend: string;
  readonly approval: boolean;
  /** The session from before a reload. */
  readonly session?: string | undefined;
  /** Called with a sentence for the user when the sandbox was replaced. */
  onReplaced(text: string): void;
}

/**
 * Keeps this tab's session, which is one executor on the server.
 *
 * Opens a stream of events that keeps the session alive. When the tab closes, the stream ends, and the server ends the session.
 */
export class SessionKeeper {
  readonly #onReplaced: (text: string) => void;
  readonly #listeners = new Set<() => void>();
  #state: SessionState;
  #alive: EventSource | undefined;
  #before: string | undefined;
  #opening: Promise<void> | undefined;

  constructor({ backend, approval, session, onReplaced }: KeeperOptions) {
    this.#onReplaced = onReplaced;
    this.#before = session;
    this.#state = { phase: 'opening', backend, approval, offline: false };
  }

  readonly getState = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Returns the session's id. Throws if there is no session. */
  get id(): string {
    const { session } = this.#state;
    if (session === undefined) throw new Error('There is no sandbox yet. Wait until the page shows that it is ready.');
    return session.id;
  }

  /** Resolves with the session's id. Creates a new session if the session has expired. Rejects if that fails. */
  async waitForId(): Promise<string> {
    if (this.#state.phase === 'asleep') await this.open();
    const { promise, resolve } = Promise.withResolvers<void>();
    const unsubscribe = this.subscribe(() => this.#state.phase !== 'opening' && resolve());
    if (this.#state.phase === 'opening') await promise;
    unsubscribe();
    return this.id;
  }

  /** Continues the session from before a reload, or creates a new session. */
  open(): Promise<void> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #open(): Promise<void> {
    const before = this.#before;
    this.#update({ phase: 'opening' });
    try {
      const kept = before === undefined ? undefined : await findSession(before);
      this.#use(kept ?? (await this.#make()));
      this.#before = undefined;
      if (before !== undefined && kept === undefined) this.#onReplaced('The previous sandbox is gone. This is a fresh sandbox.');
    } catch (thrown) {
      this.#update({ phase: 'failed', failure: describeFailure(thrown) });
    }
  }

  /** Checks whether the session still exists, and creates a new session if not. */
  async renew(): Promise<void> {
    this.#before = this.#state.session?.id;
    await this.open();
  }

  /** Replaces the session with a session on `backend`, and shows `text` to the user. */
  async replace(backend: string, text?: string): Promise<void> {
    await this.#opening;
    const old = this.#state.session;
    this.#alive?.close();
    this.#before = undefined;
    this.#update({ phase: 'opening', backend });
    if (old !== undefined) await deleteSession(old.id).catch(() => undefined);
    await this.open();
    if (this.#state.phase === 'ready' && text !== undefined) this.#onReplaced(text);
  }

  /** Sets whether every run waits for the user's approval. */
  async setApproval(approval: boolean): Promise<void> {
    const before = this.#state.approval;
    this.#update({ approval });
    try {
      if (this.#state.session !== undefined) await setApproval(this.id, approval);
    } catch (thrown) {
      this.#update({ approval: before, failure: describeFailure(thrown) });
    }
  }

  #make(): Promise<SessionDocument> {
    const { backend, approval } = this.#state;
    return createSession({ backend, approval });
  }

  #use(session: SessionDocument): void {
    const { backend, approval } = session;
    this.#state = { phase: 'ready', session, lastId: session.id, backend, approval, offline: false };
    this.#tell();
    this.#stayAlive(session);
  }

  #stayAlive(session: SessionDocument): void {
    this.#alive?.close();
    const alive = new EventSource(sessionUrl(session.id, '/alive'));
    // A stream also breaks after its last event. The server has stopped responding only if the next attempt fails too.
    let isEnding = false;
    alive.addEventListener(ENDED, () => {
      isEnding = true;
      this.#sleep(session);
    });
    alive.onopen = () => this.#update({ offline: false });
    alive.onerror = () => {
      if (this.#alive !== alive) return;
      if (isEnding) {
        isEnding = false;
        return;
      }
      const isRefused = alive.readyState === EventSource.CLOSED;
      this.#update({ offline: !isRefused });
      if (isRefused) this.#sleep(session);
    };
    this.#alive = alive;
  }

  /**
   * Records that a session has ended, usually because it was idle. A new session is created only when needed, because it would also be
   * idle.
   */
  #sleep({ id }: SessionDocument): void {
    const { session, failure: _, ...rest } = this.#state;
    if (session?.id !== id) return;
    this.#before = id;
    this.#state = { ...rest, phase: 'asleep' };
    this.#tell();
  }

  #update(change: Partial<SessionState>): void {
    const { failure: _, ...rest } = this.#state;
    this.#state = { ...rest, ...change };
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

async function findSession(id: string): Promise<SessionDocument | undefined> {
  try {
    return await getSession(id);
  } catch (thrown) {
    if (thrown instanceof DemoFailure && thrown.status === 404) return undefined;
    throw thrown;
  }
}
