import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { HostMachine } from './host-machine.ts';
import { processesNamed } from './host-processes.ts';

const PAUSE_MS = 300;

test('the end of a program is reported even if the program had been stopped', async () => {
  const machine = new HostMachine({ shell: ['sh'], halfClose: true, hasOwnProcesses: true });
  onTestFinished(() => machine.destroy());
  await machine.start();
  const name = `6${Math.floor(Math.random() * 1e8)}`;
  const channel = await machine.open(['sh', '-c', `exec sleep ${name}`]);
  const ended = Promise.race([channel.exit.catch(() => 'killed'), delay(5_000, 'not reported')]);
  let found: number | undefined;
  while (found === undefined) {
    await delay(20);
    found = processesNamed(`sleep\0${name}`).at(-1);
  }
  process.kill(found, 'SIGSTOP');
  await delay(PAUSE_MS);
  process.kill(found, 'SIGKILL');
  expect(await ended).not.toBe('not reported');
});
