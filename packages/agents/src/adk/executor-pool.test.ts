import type { CodeExecutor } from '@sandpod/core';
import { expect, test } from 'vitest';
import { validateAdkOptions } from './adk-options.ts';
import { ExecutorPool } from './executor-pool.ts';

/** The parts of an executor that a pool uses, on a platform that fails on request. */
class Platform {
  readonly stopped: string[] = [];
  readonly failing = new Set<string>();
  #count = 0;

  readonly createExecutor = async (): Promise<CodeExecutor> => {
    const name = `executor ${this.#count++}`;
    if (this.failing.has(name)) throw new Error(`No ${name}.`);
    const stop = async (): Promise<void> => {
      if (this.failing.has(`stop of ${name}`)) throw new Error(`No stop of ${name}.`);
      await new Promise(setImmediate);
      this.stopped.push(name);
    };
    return { execute: async () => {}, stop } as unknown as CodeExecutor;
  };
}

function poolOn({ createExecutor }: Platform, maxSessions: number): ExecutorPool {
  return new ExecutorPool(validateAdkOptions({ createExecutor, maxSessions }));
}

async function use(pool: ExecutorPool, id: string): Promise<void> {
  await (await pool.acquire(id)).release();
}

test('a call does not fail if the session it replaces cannot be stopped', async () => {
  const platform = new Platform();
  platform.failing.add('stop of executor 0');
  const pool = poolOn(platform, 1);
  await use(pool, 'a');
  const lease = await pool.acquire('b');
  await lease.release();
  expect((await pool.acquire('b')).executor).toBe(lease.executor);
  await pool.stop();
  expect(platform.stopped).toEqual(['executor 1']);
});

test('if an executor could not be created, the next call of the session tries again', async () => {
  const platform = new Platform();
  platform.failing.add('executor 0');
  const pool = poolOn(platform, 2);
  await expect(pool.acquire('a')).rejects.toThrow('No executor 0.');
  await use(pool, 'a');
  await pool.stop();
  expect(platform.stopped).toEqual(['executor 1']);
});

test('stop stops all other sessions before it rejects for a session that cannot be stopped', async () => {
  const platform = new Platform();
  platform.failing.add('stop of executor 0');
  const pool = poolOn(platform, 3);
  for (const id of ['a', 'b', 'c']) await use(pool, id);
  await expect(pool.stop()).rejects.toThrow('No stop of executor 0.');
  expect(platform.stopped).toEqual(['executor 1', 'executor 2']);
});
