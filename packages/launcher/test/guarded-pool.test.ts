import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { run, takenSandbox } from './hostile-transport.ts';

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
