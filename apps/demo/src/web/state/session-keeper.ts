import type { AliveEvent, DemoError, SessionDocument } from '../../api-types.ts';
import { createSession, deleteSession, getSession, sessionUrl, setApproval } from '../api/demo-api.ts';
import { DemoFailure, describeFailure } from '../api/demo-failure.ts';

const ENDED: AliveEvent = 'closed';

export interface SessionState {
  /** `asleep`: the session expired; the next one is made when there is something to do. */
  readonly phase: 'opening' | 'ready' | 'asleep' | 'failed';
  readonly backend: string;
  readonly approval: boolean;
  readonly session?: SessionDocument;
  /** The session's id, also once it ended: a reload asks for it again. */
  readonly lastId?: string;
  readonly failure?: DemoError;
  /** True while the server does not answer; the browser keeps trying. */
  readonly offline: boolean;
}

interface KeeperOptions {
  readonly backend: string;
  readonly approval: boolean;
  /** The session that was in use before a reload. */
  readonly session?: string | undefined;
  /** Called when the sandbox is another one than before, with a sentence for the person. */
  onReplaced(text: string): void;
}

/**
 * Holds this tab's session: one executor on the server.
 *
 * The session lives while the stream of events that is opened here does; closing the tab closes it, and the server frees everything.
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

  /** The session's id; throws while there is none. */
  get id(): string {
    const { session } = this.#state;
    if (session === undefined) throw new Error('There is no sandbox yet; wait until the page says that it is ready.');
    return session.id;
  }

  /** The session's id as soon as there is one, made anew where it expired; rejects when none can be had. */
  async waitForId(): Promise<string> {
    if (this.#state.phase === 'asleep') await this.open();
    const { promise, resolve } = Promise.withResolvers<void>();
    const unsubscribe = this.subscribe(() => this.#state.phase !== 'opening' && resolve());
    if (this.#state.phase === 'opening') await promise;
    unsubscribe();
    return this.id;
  }

  /** Takes up the session from before a reload, or makes one. */
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
      if (before !== undefined && kept === undefined) this.#onReplaced('The earlier sandbox is gone. This is a fresh one.');
    } catch (thrown) {
      this.#update({ phase: 'failed', failure: describeFailure(thrown) });
    }
  }

  /** Looks whether the session is still there, and makes a fresh one when it expired. */
  async renew(): Promise<void> {
    this.#before = this.#state.session?.id;
    await this.open();
  }

  /** Leaves the session and makes one on `backend`; `text` is told to the person. */
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

  /** Whether every run waits for the person's consent. */
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
    // After its last event a stream breaks off; only when the next attempt fails as well, the server is gone, not just the session.
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

  /** The session ended: most often it was idle for too long. A new one for nobody would be idle as well. */
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
