import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LauncherPool } from '../src/launcher-pool.ts';
import { HostileTransport, run, takenSandbox } from './hostile-transport.ts';

test('a launcher is used again after a run that left nothing behind', async () => {
  const { sandbox, transport } = takenSandbox({ run: run('0 0 0') });
  for (let count = 0; count < 5; count += 1) await sandbox.run({ command: 'true' });
  await delay(50);
  expect(transport.channels.length).toBeLessThanOrEqual(2);
  expect(transport.openCount).toBe(transport.channels.length);
  await sandbox[Symbol.asyncDispose]();
});

test('while a program of an earlier run lives, no launcher waits, and each run gets another one', async () => {
  let report = 'leftovers';
  const { sandbox, transport } = takenSandbox({ run: (request) => run('0 0 0', report)(request) });
  await sandbox.warm();
  for (let count = 0; count < 3; count += 1) {
    await sandbox.run({ command: 'true' });
    await expect.poll(() => transport.openCount).toBe(0);
  }
  expect(transport.channels).toHaveLength(3);
  report = '';
  await sandbox.run({ command: 'true' });
  await delay(50);
  expect(transport.openCount).toBeGreaterThan(0);
  await sandbox[Symbol.asyncDispose]();
});

function createPool(): { readonly pool: LauncherPool; readonly transport: HostileTransport } {
  const transport = new HostileTransport({});
  return { transport, pool: new LauncherPool({ transport, settings: { workspace: '/workspace', ownsProcesses: false } }) };
}

test('when a program of an earlier run may live, waiting launchers end at once', async () => {
  const { pool, transport } = createPool();
  await pool.warm();
  expect(transport.openCount).toBe(1);
  pool.guard(true);
  expect(transport.openCount).toBe(0);
  await pool.warm();
  expect(transport.openCount).toBe(1);
  pool.close('done');
});

test('while a program of an earlier run may live, a launcher that is not used ends soon', async () => {
  const { pool, transport } = createPool();
  pool.guard(true);
  await pool.warm();
  expect(transport.openCount).toBe(1);
  await expect.poll(() => transport.openCount, { timeout: 10_000 }).toBe(0);
  pool.close('done');
});
