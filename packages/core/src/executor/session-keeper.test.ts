import { afterEach, describe, expect, it, vi } from 'vitest';
import { CodeFileNames } from '../blocks/code-file-name.ts';
import type { Sandbox } from '../contract/sandbox.ts';
import { KernelSet } from './kernel-set.ts';
import type { Session } from './session.ts';
import { SessionKeeper, type SessionKeeperOptions } from './session-keeper.ts';

type Open = SessionKeeperOptions<Session>['open'];

const close = (session: Session): Promise<void> => session.sandbox[Symbol.asyncDispose]();

interface Opening {
  readonly abortSignal: AbortSignal;
  readonly onProgress: Parameters<Open>[0]['onProgress'];
  succeed(): Session;
  fail(error: Error): void;
}

/** A keeper whose opening is decided by the test. */
function createKeeper(): { keeper: SessionKeeper<Session>; openings: Opening[]; disposed: () => number } {
  const openings: Opening[] = [];
  let disposed = 0;
  const open: Open = ({ abortSignal, onProgress }) => {
    const { promise, resolve, reject } = Promise.withResolvers<Session>();
    abortSignal.addEventListener('abort', () => reject(abortSignal.reason));
    const sandbox = {
      [Symbol.asyncDispose]: async () => {
        disposed += 1;
      },
    } as unknown as Sandbox;
    const succeed = (): Session => {
      const session: Session = { sandbox, interpreters: new Map(), codeFileNames: new CodeFileNames(), kernels: new KernelSet() };
      resolve(session);
      return session;
    };
    openings.push({ abortSignal, onProgress, succeed, fail: reject });
    return promise;
  };
  return { keeper: new SessionKeeper({ open, close }), openings, disposed: () => disposed };
}

describe('SessionKeeper', () => {
  afterEach(() => void vi.useRealTimers());

  it('opens once for callers that come together, and tells all of them of progress', async () => {
    const { keeper, openings } = createKeeper();
    const heard: string[] = [];
    const first = keeper.acquire({ onProgress: (event) => heard.push(`first ${event.phase}`) });
    const second = keeper.acquire({ onProgress: (event) => heard.push(`second ${event.phase}`) });
    openings[0]?.onProgress({ phase: 'pulling', message: '' });
    const session = openings[0]?.succeed();
    expect(await first).toBe(session);
    expect(await second).toBe(session);
    expect(openings).toHaveLength(1);
    expect(heard).toEqual(['first pulling', 'second pulling']);
  });

  it('tells the first caller also of what happens at once', async () => {
    const keeper = new SessionKeeper<Session>({
      open: ({ onProgress }) => {
        onProgress({ phase: 'creating', message: '' });
        return Promise.reject(new Error('enough'));
      },
      close,
    });
    const heard: string[] = [];
    await expect(keeper.acquire({ onProgress: (event) => heard.push(event.phase) })).rejects.toThrow('enough');
    expect(heard).toEqual(['creating']);
  });

  it('goes on with a start as long as one caller still waits', async () => {
    const { keeper, openings } = createKeeper();
    const impatient = new AbortController();
    const leaving = keeper.acquire({ abortSignal: impatient.signal });
    const staying = keeper.acquire({});
    impatient.abort(new Error('gone'));
    await expect(leaving).rejects.toThrow('gone');
    expect(openings[0]?.abortSignal.aborted).toBe(false);
    openings[0]?.succeed();
    await staying;
  });

  it('aborts a start that nobody waits for', async () => {
    const { keeper, openings } = createKeeper();
    const impatient = new AbortController();
    const leaving = keeper.acquire({ abortSignal: impatient.signal });
    impatient.abort(new Error('gone'));
    await expect(leaving).rejects.toThrow('gone');
    expect(openings[0]?.abortSignal.aborted).toBe(true);
  });

  it('starts nothing for a signal that has aborted already', async () => {
    const { keeper, openings } = createKeeper();
    await expect(keeper.acquire({ abortSignal: AbortSignal.abort(new Error('early')) })).rejects.toThrow('early');
    expect(openings).toHaveLength(0);
  });

  it('tries again after a failed start', async () => {
    const { keeper, openings } = createKeeper();
    const failing = keeper.acquire({});
    openings[0]?.fail(new Error('no room'));
    await expect(failing).rejects.toThrow('no room');
    const succeeding = keeper.acquire({});
    openings[1]?.succeed();
    await succeeding;
  });

  it('replaces a lost session and says so once', async () => {
    const { keeper, openings } = createKeeper();
    const acquiring = keeper.acquire({});
    const lost = openings[0]?.succeed();
    await acquiring;
    expect(keeper.takeStateLoss()).toBe(false);
    if (lost) lost.lostReason = 'evicted';
    const replacing = keeper.acquire({});
    await vi.waitFor(() => expect(openings).toHaveLength(2));
    const fresh = openings[1]?.succeed();
    expect(await replacing).toBe(fresh);
    expect([keeper.takeStateLoss(), keeper.takeStateLoss()]).toEqual([true, false]);
  });

  it('releases an open session, and a second release does nothing', async () => {
    const { keeper, openings, disposed } = createKeeper();
    const acquiring = keeper.acquire({});
    openings[0]?.succeed();
    await acquiring;
    await Promise.all([keeper.release('stopped'), keeper.release('stopped')]);
    expect(disposed()).toBe(1);
    expect(keeper.session).toBeUndefined();
  });

  it('ends a start that is under way when it is released', async () => {
    const { keeper, openings } = createKeeper();
    const acquiring = keeper.acquire({});
    const outcome = expect(acquiring).rejects.toThrow('abandoned');
    await keeper.release('stopped');
    await outcome;
    expect(openings[0]?.abortSignal.aborted).toBe(true);
  });

  it('removes what is left of a session that was lost between two calls', async () => {
    const { keeper, openings, disposed } = createKeeper();
    const first = keeper.acquire({});
    const session = openings[0]?.succeed();
    await first;
    if (session) session.lostReason = 'evicted';
    const second = keeper.acquire({});
    await vi.waitFor(() => expect(openings).toHaveLength(2));
    openings[1]?.succeed();
    await second;
    expect(disposed()).toBe(1);
    await keeper.release('stopped');
    expect(disposed()).toBe(2);
  });

  it('tries again to remove what could not be removed: at the next start, and whenever it is released', async () => {
    const { keeper, openings, disposed } = createKeeper();
    const first = keeper.acquire({});
    const session = openings[0]?.succeed();
    await first;
    let attempts = 0;
    if (session === undefined) throw new Error('Expected a session.');
    session.sandbox[Symbol.asyncDispose] = async () => {
      attempts += 1;
      if (attempts < 4) throw new Error(`away ${attempts}`);
    };
    session.lostReason = 'not reached';
    const second = keeper.acquire({});
    expect(attempts).toBe(1);
    await vi.waitFor(() => expect(openings).toHaveLength(2));
    openings[1]?.succeed();
    await second;
    expect(attempts).toBe(2);
    await expect(keeper.release('stopped')).rejects.toThrow('away 3');
    await keeper.release('stopped');
    await keeper.release('stopped');
    expect([attempts, disposed()]).toEqual([4, 1]);
  });

  it.each(['lost', 'released'])('opens the next session when one that was %s is gone, whose name it may want', async (how) => {
    const { keeper, openings } = createKeeper();
    const first = keeper.acquire({});
    const session = openings[0]?.succeed();
    await first;
    if (session === undefined) throw new Error('Expected a session.');
    const removal = Promise.withResolvers<void>();
    session.sandbox[Symbol.asyncDispose] = () => removal.promise;
    if (how === 'lost') session.lostReason = 'evicted';
    else keeper.release('stopped').catch(() => {});
    const second = keeper.acquire({});
    await new Promise(setImmediate);
    expect(openings).toHaveLength(1);
    removal.reject(new Error('away'));
    await vi.waitFor(() => expect(openings).toHaveLength(2));
    const fresh = openings[1]?.succeed();
    expect(await second).toBe(fresh);
  });

  it('waits for a start that was given up to leave nothing behind', async () => {
    const opening = Promise.withResolvers<Session>();
    const open = vi.fn<Open>(() => opening.promise);
    const keeper = new SessionKeeper({ open, close });
    const impatient = new AbortController();
    const leaving = keeper.acquire({ abortSignal: impatient.signal });
    impatient.abort(new Error('gone'));
    await expect(leaving).rejects.toThrow('gone');
    const again = keeper.acquire({});
    await new Promise(setImmediate);
    expect(open).toHaveBeenCalledOnce();
    opening.reject(new Error('cleaned up'));
    await expect(again).rejects.toThrow('cleaned up');
    expect(open).toHaveBeenCalledTimes(2);
  });

  it('does not wait for ever for a removal, and not at all when the caller gives up', async () => {
    vi.useFakeTimers();
    const { keeper, openings } = createKeeper();
    const first = keeper.acquire({});
    const session = openings[0]?.succeed();
    await first;
    if (session === undefined) throw new Error('Expected a session.');
    session.sandbox[Symbol.asyncDispose] = () => new Promise(() => {});
    session.lostReason = 'stuck';
    const impatient = new AbortController();
    const leaving = keeper.acquire({ abortSignal: impatient.signal });
    impatient.abort(new Error('gone'));
    await expect(leaving).rejects.toThrow('gone');
    const patient = keeper.acquire({});
    expect(openings).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(openings).toHaveLength(2);
    openings[1]?.succeed();
    await patient;
  });

  it('a release waits for what a start that was given up still removes', async () => {
    const removed = Promise.withResolvers<void>();
    const keeper = new SessionKeeper<Session>({
      open: async ({ abortSignal }) => {
        await new Promise((resolve) => abortSignal.addEventListener('abort', resolve));
        await removed.promise;
        throw abortSignal.reason;
      },
      close,
    });
    const aborting = new AbortController();
    const acquiring = keeper.acquire({ abortSignal: aborting.signal });
    aborting.abort();
    await expect(acquiring).rejects.toMatchObject({ name: 'AbortError' });
    let isReleased = false;
    const releasing = keeper.release('stopped').then(() => {
      isReleased = true;
    });
    await new Promise(setImmediate);
    expect(isReleased).toBe(false);
    removed.resolve();
    await releasing;
  });
});
