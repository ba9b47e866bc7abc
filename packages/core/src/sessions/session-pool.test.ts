import { expect, test, vi } from 'vitest';
import { SessionPool, type SessionPoolOptions } from './session-pool.ts';

/** Opens named sessions. Opening and closing fail on request. */
class Platform {
  readonly closed: string[] = [];
  readonly failing = new Set<string>();
  #count = 0;

  pool(options: Partial<SessionPoolOptions<string>> = {}): SessionPool<string> {
    const open = async (): Promise<string> => {
      const name = `session ${this.#count++}`;
      if (this.failing.has(name)) throw new Error(`No ${name}.`);
      return name;
    };
    const close = async (name: string): Promise<void> => {
      if (this.failing.has(`close of ${name}`)) throw new Error(`No close of ${name}.`);
      await new Promise(setImmediate);
      this.closed.push(name);
    };
    return new SessionPool({ open, close, idleMs: 60_000, ...options });
  }
}

async function use(pool: SessionPool<string>, key: string): Promise<string> {
  return pool.use(key, async (value) => value);
}

test('a key keeps its session, and concurrent calls share it', async () => {
  const pool = new Platform().pool();
  expect(await Promise.all([use(pool, 'a'), use(pool, 'a'), use(pool, 'b')])).toEqual(['session 0', 'session 0', 'session 1']);
  expect(await use(pool, 'a')).toBe('session 0');
});

test('a call does not fail if the session it replaces cannot be closed', async () => {
  const platform = new Platform();
  platform.failing.add('close of session 0');
  const pool = platform.pool({ maxSessions: 1 });
  await use(pool, 'a');
  expect(await use(pool, 'b')).toBe('session 1');
  await pool.stop();
  expect(platform.closed).toEqual(['session 1']);
});

test('a full pool closes the least recently used session, but never a session in use', async () => {
  const platform = new Platform();
  const pool = platform.pool({ maxSessions: 2 });
  const lent = await pool.acquire('a');
  await use(pool, 'b');
  await use(pool, 'c');
  expect(platform.closed).toEqual(['session 1']);
  const alsoLent = await pool.acquire('c');
  await use(pool, 'd');
  expect([pool.has('a'), pool.has('c'), pool.size]).toEqual([true, true, 3]);
  await Promise.all([lent.release(), alsoLent.release()]);
});

test('a full pool refuses a new key if whenFull is refuse', async () => {
  const pool = new Platform().pool({ maxSessions: 1, whenFull: 'refuse' });
  await use(pool, 'a');
  await expect(pool.acquire('b')).rejects.toMatchObject({ code: 'too-many-sessions', details: { maxSessions: 1 } });
  await pool.end('a');
  expect(await use(pool, 'b')).toBe('session 1');
});

test('a full pool closes an unused session if whenFull is replace, and refuses a new key if all are in use', async () => {
  const platform = new Platform();
  const pool = platform.pool({ maxSessions: 2, whenFull: 'replace' });
  const lent = await pool.acquire('a');
  await use(pool, 'b');
  const alsoLent = await pool.acquire('c');
  expect(platform.closed).toEqual(['session 1']);
  await expect(pool.acquire('d')).rejects.toMatchObject({ code: 'too-many-sessions' });
  expect([pool.has('a'), pool.has('c'), pool.size]).toEqual([true, true, 2]);
  await Promise.all([lent.release(), alsoLent.release()]);
});

test('if a session cannot be opened, the next call for its key tries again', async () => {
  const platform = new Platform();
  platform.failing.add('session 0');
  const pool = platform.pool();
  await expect(pool.acquire('a')).rejects.toThrow('No session 0.');
  expect(await use(pool, 'a')).toBe('session 1');
});

test('an unused session is closed after idleMs, but a session in use is not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const platform = new Platform();
    const pool = platform.pool({ idleMs: (name) => (name === 'session 0' ? 1_000 : 5_000) });
    await use(pool, 'a');
    await use(pool, 'b');
    const lent = await pool.acquire('c');
    await vi.advanceTimersByTimeAsync(1_500);
    await vi.waitFor(() => expect(platform.closed).toEqual(['session 0']));
    await vi.advanceTimersByTimeAsync(60_000);
    expect([pool.has('b'), pool.has('c')]).toEqual([false, true]);
    await lent.release();
  } finally {
    vi.useRealTimers();
  }
});

test('a session that ends while it is in use is closed again when it is released', async () => {
  const platform = new Platform();
  const pool = platform.pool();
  const lease = await pool.acquire('a');
  await pool.end('a');
  expect(platform.closed).toEqual(['session 0']);
  await lease.release();
  await lease.release();
  expect(platform.closed).toEqual(['session 0', 'session 0']);
});

test('if a session cannot be closed, stop closes all others before it rejects', async () => {
  const platform = new Platform();
  platform.failing.add('close of session 0');
  const pool = platform.pool();
  for (const key of ['a', 'b', 'c']) await use(pool, key);
  await expect(pool.stop()).rejects.toThrow('No close of session 0.');
  expect(platform.closed).toEqual(['session 1', 'session 2']);
});

test('stop waits for the sessions that are being closed already', async () => {
  const platform = new Platform();
  const pool = platform.pool();
  await use(pool, 'a');
  const ending = pool.end('a');
  await pool.stop();
  expect(platform.closed).toEqual(['session 0']);
  await ending;
});

test('stop does not fail if a session that is being opened cannot be opened', async () => {
  const platform = new Platform();
  platform.failing.add('session 0');
  const pool = platform.pool();
  const acquired = expect(pool.acquire('a')).rejects.toThrow('No session 0.');
  await pool.stop();
  await acquired;
});
